// Random numbers that can be had again: `SEED=<the seed that was printed> sh scripts/page.sh test`.

export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

export interface Random {
  /** Return a number from `low` to `high`, not `high` itself. */
  between(low: number, high: number): number;
  /** Return a whole number from `low` to `high`. */
  whole(low: number, high: number): number;
  /** Return one of a list. */
  one<T>(list: readonly T[]): T;
}

/** Return random numbers by the "mulberry32" of Tommy Ettinger. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    one: (list) => list[Math.floor(next() * list.length)]!,
  };
}
