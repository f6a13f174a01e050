"""A Chromium that really speaks, and a recording of what was heard.

Everything is private to one folder: an X display (a headless Chromium has no voices), a sound
server whose loudspeaker plays to nobody, and a speech engine. Nothing asks for a network. Moments
are seconds on the wall clock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserType, Page

from .lab import CHROMIUM_ARGS, until

# Debian's package of each program.
PACKAGES = {
    "Xvfb": "xvfb",
    "pulseaudio": "pulseaudio",
    "parec": "pulseaudio-utils",
    "speech-dispatcher": "speech-dispatcher",
    "sd_espeak-ng": "speech-dispatcher-espeak-ng",
}
SAMPLE_HZ = 16_000
WINDOW_S = 0.05
# Full scale is 1. Silence is exactly 0 here; speech is near 0.07, whatever its `volume` is.
QUIET = 0.002
# Longer than the stops within a word, shorter than the silence between two cues.
GAP_S = 0.25
# All that the engine is told: no setting of the person or of the machine is read.
_ENGINE = """
AudioOutputMethod "pulse"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
DefaultLanguage "en-GB"
DisableAutoSpawn
"""


def missing() -> list[str]:
    """Return the Debian packages that a real voice needs and this machine lacks."""
    modules = [str(folder) for folder in Path("/usr").glob("lib*/speech-dispatcher-modules")]
    places = os.pathsep.join([os.environ["PATH"], *modules])
    return [package for name, package in PACKAGES.items() if not shutil.which(name, path=places)]


@dataclass
class _Programs:
    """The programs that run in the background for one voice; their words go to `folder`."""

    folder: Path
    env: dict[str, str]
    ended: contextlib.ExitStack

    def start(self, name: str, *options: str, **how: Any) -> subprocess.Popen:
        """Start a program; when the stack is left, it ends with all that it has started."""
        with self.log(name).open("wb") as said:
            process = subprocess.Popen(
                [name, *options],
                env=self.env,
                stderr=said,
                start_new_session=True,
                **({"stdout": said} | how),
            )
        self.ended.callback(_end, process)
        return process

    def log(self, name: str) -> Path:
        """Return the file of what a program has to say."""
        return self.folder / f"{name}.log"

    def wait_for(self, process: subprocess.Popen, started: Callable[[], Any]) -> None:
        """Wait until a program has started; fail with its own words if it ends instead."""
        name = process.args[0]

        def ready() -> Any:
            assert process.poll() is None, f"{name} ended: {self.log(name).read_text()}"
            return started()

        until(ready, f"{name} did not start")


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    with contextlib.suppress(ProcessLookupError):  # nothing of it is left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def loud_intervals(file: Path, began_s: float) -> list[tuple[float, float]]:
    """Return when each stretch of sound in a recording begins and ends."""
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16) / 32768
    size = int(WINDOW_S * SAMPLE_HZ)
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    loud = np.flatnonzero(np.sqrt((windows**2).mean(axis=1)) > QUIET)
    if not loud.size:
        return []
    gaps = np.flatnonzero(np.diff(loud) - 1 > round(GAP_S / WINDOW_S))
    return [
        (began_s + part[0].item() * WINDOW_S, began_s + (part[-1].item() + 1) * WINDOW_S)
        for part in np.split(loud, gaps + 1)
    ]


@dataclass(frozen=True)
class Heard:
    """The stretches of sound in a recording, which stays in `file` to be listened to."""

    file: Path
    intervals: list[tuple[float, float]]

    def heard_after(self, at_s: float, within_s: float = 1.5) -> bool:
        """Return whether sound begins after a moment, within the time given.

        A cue that cuts another short follows it without a gap: nothing begins there.
        """
        return any(at_s - WINDOW_S <= start <= at_s + within_s for start, _ in self.intervals)

    def silent(self, start_s: float, end_s: float) -> bool:
        """Return whether nothing is heard from one moment to another."""
        return not any(
            start < end_s - WINDOW_S and end > start_s + WINDOW_S for start, end in self.intervals
        )


class Recorder:
    """All that the loudspeaker plays, from the first sample on."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.began_s: float | None = None
        self._samples = bytearray()
        self._stream = process.stdout
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with self._stream:
            while chunk := self._stream.read1():
                began_s = time.time() - self._length_s(chunk)
                self.began_s = self.began_s or began_s
                self._samples += chunk

    @staticmethod
    def _length_s(samples: bytes | bytearray) -> float:
        return len(samples) / 2 / SAMPLE_HZ

    def save(self, file: Path) -> Heard:
        """Write what was played up to now, and return what is heard in it."""
        length_s = time.time() - self.began_s
        until(lambda: self._length_s(self._samples) >= length_s, "the recording stands still")
        with wave.open(str(file), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(SAMPLE_HZ)
            sound.writeframes(self._samples[: len(self._samples) // 2 * 2])
        return Heard(file, loud_intervals(file, self.began_s))


@dataclass(frozen=True)
class Voice:
    """A browser that speaks, and what records it."""

    browser: Browser
    recorder: Recorder


@contextlib.contextmanager
def speaking(browser_type: BrowserType, chromium: str, folder: Path) -> Iterator[Voice]:
    """Run a Chromium that speaks and is recorded; all that is started ends with the block."""
    runtime, settings = folder / "run", folder / "settings"
    runtime.mkdir(mode=0o700)
    (settings / "modules").mkdir(parents=True)
    (settings / "modules" / "espeak-ng.conf").touch()
    (settings / "speechd.conf").write_text(_ENGINE)
    pulse, speech = runtime / "pulse.socket", runtime / "speech.socket"
    persons = ("DBUS_", "DISPLAY", "PULSE_", "SPEECHD_", "WAYLAND_", "XDG_")
    env = {k: v for k, v in os.environ.items() if not k.startswith(persons)} | {
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "HOME": str(folder),
        "PULSE_SERVER": f"unix:{pulse}",
        "SPEECHD_ADDRESS": f"unix_socket:{speech}",
        "XDG_RUNTIME_DIR": str(runtime),
    }
    with contextlib.ExitStack() as ended:
        programs = _Programs(folder, env, ended)

        number = folder / "display"
        with number.open("wb") as chosen:
            descriptor = chosen.fileno()
            screen = programs.start(
                *("Xvfb", "-displayfd", str(descriptor), "-nolisten", "tcp"),
                *("-screen", "0", "1280x1600x24"),
                pass_fds=(descriptor,),
            )
        programs.wait_for(screen, lambda: number.read_text().endswith("\n"))
        programs.env["DISPLAY"] = f":{number.read_text().strip()}"

        sound = programs.start(
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            *("--realtime=no", "--high-priority=no", "--load=module-null-sink sink_name=nobody"),
            f"--load=module-native-protocol-unix socket={pulse} auth-anonymous=1",
        )
        programs.wait_for(sound, pulse.exists)

        engine = programs.start(
            *("speech-dispatcher", "--run-single", "--timeout=0", f"--config-dir={settings}"),
            *(f"--socket-path={speech}", f"--pid-file={runtime / 'speech.pid'}"),
            f"--log-dir={folder}",
        )
        programs.wait_for(engine, speech.exists)

        ear = programs.start(
            *("parec", "--raw", "--device=nobody.monitor", "--format=s16le", "--channels=1"),
            *(f"--rate={SAMPLE_HZ}", "--latency-msec=20"),
            stdout=subprocess.PIPE,
        )
        recorder = Recorder(ear)
        programs.wait_for(ear, lambda: recorder.began_s)

        browser = browser_type.launch(
            executable_path=chromium,
            headless=False,
            env=programs.env,
            args=[*CHROMIUM_ARGS, "--enable-speech-dispatcher"],
        )
        ended.callback(browser.close)
        yield Voice(browser, recorder)


def wait_for_voices(page: Page) -> None:
    """Wait until the page has voices; the first page of a browser has none for seconds."""
    page.wait_for_function("speechSynthesis.getVoices().length", polling=100, timeout=30_000)


def wall_s(page: Page, at_ms: float) -> float:
    """Return the moment that a page's `performance.now()` gave."""
    return (page.evaluate("performance.timeOrigin") + at_ms) / 1000
