// The screen stays awake while a set runs.

export function openScreenLock() {
  let lock: WakeLockSentinel | null = null;
  let isWanted = false;

  // A lock is lost whenever the page is hidden; it is asked for again when it is back.
  async function settle(): Promise<void> {
    try {
      if (!isWanted || document.hidden) {
        await lock?.release();
        lock = null;
      } else if (lock === null || lock.released) {
        const given = await navigator.wakeLock.request("screen");
        // Meanwhile another may have been given, or the set have ended.
        if (lock === null || lock.released) lock = given;
        else await given.release();
        if (!isWanted) await settle();
      }
    } catch {
      lock = null; // no such thing here, or refused: the set goes on all the same
    }
  }

  const onVisible = () => void settle();
  document.addEventListener("visibilitychange", onVisible);
  return {
    keepAwake(wanted: boolean): void {
      if (wanted === isWanted) return;
      isWanted = wanted;
      void settle();
    },
    end(): void {
      isWanted = false;
      document.removeEventListener("visibilitychange", onVisible);
      void settle();
    },
  };
}
