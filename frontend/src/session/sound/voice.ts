// The browser's own voice, which may drop, refuse or never begin what it is given.

/** Slower than talk: somebody in pain follows with the eyes shut. */
export const RATE = 0.85;
/** Words that have not begun by then are replaced by their tone; the shortest stretch is longer. */
export const BEGINS_MS = 900;
/** After so many that did not begin the voice is not waited for again, before the next set. */
const PATIENCE = 2;

export type Failure = "none" | "refused" | "silent" | "cut";

type AnyVoice = Pick<SpeechSynthesisVoice, "name" | "lang" | "localService">;

/**
 * Return the voice for a language such as "en-GB", or null; a network voice would send what is said
 * away.
 */
export function chooseVoice<V extends AnyVoice>(voices: readonly V[], language: string): V | null {
  const base = (tag: string) => tag.split(/[-_]/)[0]; // some systems write en_GB
  const own = voices.filter((v) => v.localService && base(v.lang) === base(language));
  return own.find((v) => v.lang.replace("_", "-") === language) ?? own[0] ?? null;
}

export function openVoice(language: string) {
  /** Ends what is being waited for; kept with its utterance, which is not to be forgotten early. */
  let latest: { utterance: SpeechSynthesisUtterance | null; isOver: boolean } = {
    utterance: null,
    isOver: true,
  };
  let isRefused = false;
  let isDistrusted = false;
  let failures = 0;

  /** Return what the engine answers, or `other` where there is none or it throws. */
  function tried<T>(ask: (engine: SpeechSynthesis) => T, other: T): T {
    try {
      return ask(speechSynthesis);
    } catch {
      return other;
    }
  }

  // Looked up each time: some browsers find their voices late.
  const voiceNow = () => tried((engine) => chooseVoice(engine.getVoices(), language), null);

  const isSpeaking = () => tried((engine) => engine.speaking || engine.pending, false);

  function hush() {
    latest.isOver = true;
    // Only what is there: some engines throw away what they are given right after a cancel.
    if (isSpeaking()) tried((engine) => engine.cancel(), undefined);
  }

  function utter(text: string, volume: number, voice: SpeechSynthesisVoice) {
    const utterance = new SpeechSynthesisUtterance(text);
    return Object.assign(utterance, { voice, lang: voice.lang, rate: RATE, volume: volume / 100 });
  }

  voiceNow(); // some browsers only begin to look for voices when asked
  return {
    isThere: () => voiceNow() !== null,
    isSpeaking,
    hush,
    /** Speak in place of what is being said; `onFail` is called at most once. */
    speak(text: string, volume: number, onFail: (why: Failure) => void): void {
      const voice = voiceNow();
      if (!voice) return onFail("none");
      if (isRefused) return onFail("refused");
      if (isDistrusted) return onFail("silent");
      hush();
      const utterance = tried(() => utter(text, volume, voice), null);
      if (!utterance) return onFail("refused");
      const mine = { utterance, isOver: false };
      latest = mine;
      let hasBegun = false;
      const begin = () => {
        hasBegun = true;
        failures = 0;
      };
      const fail = (why: Failure) => {
        if (mine.isOver) return;
        mine.isOver = true;
        if (why === "silent") {
          failures += 1;
          hush(); // begun late, it would be said of the wrong stretch
        }
        isRefused ||= why === "refused";
        isDistrusted ||= failures >= PATIENCE;
        onFail(why);
      };
      utterance.onstart = begin;
      // Some end what they never began.
      utterance.onend = () => hasBegun || fail("silent");
      utterance.onerror = ({ error }) => {
        if (error !== "interrupted" && error !== "canceled") fail("refused");
        else fail(hasBegun ? "cut" : "silent");
      };
      setTimeout(() => hasBegun || fail("silent"), BEGINS_MS);
      const isGiven = tried((engine) => (engine.speak(utterance), true), false);
      if (!isGiven) fail("refused");
    },
    /** Speak after what is being said, if anything is. */
    add(text: string, volume: number): void {
      const voice = voiceNow();
      if (!voice || isRefused || isDistrusted) return;
      // A count is no cue: where it fails, nothing stands in for it.
      tried((engine) => engine.speak(utter(text, volume, voice)), undefined);
    },
    /** Try the voice again: the person asked for it, or a set begins. */
    trust(isAsked: boolean): void {
      isRefused &&= !isAsked;
      isDistrusted = false;
      failures = isAsked ? 0 : Math.min(failures, PATIENCE - 1);
    },
  };
}
