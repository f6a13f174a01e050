"""The command `backcare`: open the workbook, look the log over, take the sets out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import PlainError
from ..words import shown

PORT = 8533


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit status, 1 after saying what is wrong."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    asked = _parser().parse_args(given or ["open"])
    try:
        return int(asked.run(asked) or 0)
    except PlainError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backcare",
        description="Gentle exercises for a lower back in spasm, led by a timer, with a log."
        " Without a command, the workbook is opened.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    opening = commands.add_parser("open", help="open the workbook in JupyterLab, or as an app")
    opening.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help="the workbook's folder; by default the checkout that you are in, else your own"
        " folder `backcare`, made on the first run",
    )
    opening.add_argument("--port", type=_port, default=PORT, help=f"{PORT}, unless you choose")
    opening.add_argument("--app", action="store_true", help="the pages without any code")
    opening.add_argument(
        "--no-browser", action="store_true", help="only print the address, and open nothing"
    )
    opening.set_defaults(run=_open)

    looking = commands.add_parser("doctor", help="say where the log is, and whether it is whole")
    looking.set_defaults(run=_doctor)

    taking = commands.add_parser("export", help="write all sets to a file: .csv or .json")
    taking.add_argument("file", metavar="FILE", type=Path)
    taking.set_defaults(run=_export)
    return parser


def _port(text: str) -> int:
    """Return `text` as a port, or raise the sentence that argparse shows the person."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    msg = (
        f"{text!r} is not a port. Nothing was opened; give a whole number from 1 to 65535, such as"
        " 9999."
    )
    raise argparse.ArgumentTypeError(msg)


def _open(asked: argparse.Namespace) -> int:
    from .folder import find
    from .server import serve

    return serve(find(asked.folder), asked.port, as_app=asked.app, browser=not asked.no_browser)


def _doctor(_: argparse.Namespace) -> None:
    from ..log.doctor import doctor

    print(doctor())


def _export(asked: argparse.Namespace) -> int:
    from ..log.log import Log

    log = Log.open()
    write = {".csv": log.export_csv, ".json": log.export_json}.get(asked.file.suffix.lower())
    if write is None:
        print(
            f"{shown(str(asked.file))} has no ending that says what to write. Nothing was written;"
            " end it in .csv for a spreadsheet, or in .json for other programs.",
            file=sys.stderr,
        )
        return 1
    print(f"All sets were written to {write(asked.file)}.")
    return 0
