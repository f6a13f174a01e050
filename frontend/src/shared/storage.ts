// What this browser remembers, behind one door: what is read back has the shape that was asked for.

import { signal } from "@preact/signals";

/** Whether something was found that could not be used and was dropped; said where it is shown. */
export const hasDropped = signal(false);

// Without storage (private window, full disk) values last as long as the page does. The scripts of
// two widgets are two modules, hence the one place that they share.
const shared = globalThis as { __backcareUnstored?: Map<string, string> };
const unstored = (shared.__backcareUnstored ??= new Map<string, string>());

/** Nothing that is kept nests deeper; what nests very deep can be read, and not written again. */
const DEEPEST = 2;

function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth <= DEEPEST && Object.values(value).every((each) => isShallow(each, depth + 1));
}

/** Return what is under a key, or null where nothing is, or nothing of this shape. */
export function read<T>(key: string, isShape: (value: unknown) => value is T): T | null {
  let text = unstored.get(key) ?? null;
  try {
    text ??= localStorage.getItem(key);
  } catch {
    /* no storage */
  }
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isShallow(value) && isShape(value)) return value;
  } catch {
    /* not even JSON */
  }
  remove(key);
  hasDropped.value = true;
  return null;
}

/** Write a value; return whether it will outlive the page. */
export function write(key: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    if (localStorage.getItem(key) !== text) throw new Error("not stored");
    unstored.delete(key);
    return true;
  } catch {
    unstored.set(key, text);
    return false;
  }
}

export function remove(key: string): void {
  unstored.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    /* it was never there */
  }
}

/** Return the keys that begin with `prefix`. */
export function keys(prefix: string): string[] {
  const found = [...unstored.keys()];
  try {
    found.push(...Object.keys(localStorage));
  } catch {
    /* no storage */
  }
  return [...new Set(found)].filter((key) => key.startsWith(prefix));
}

/** Return whether a value is an object whose fields may be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

export const isText = (value: unknown): value is string => typeof value === "string";
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";

export type Check = (value: unknown) => boolean;

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));

/** Return a check for an object with these fields, each as its own check has it, and no other. */
export const recordOf =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, check]) => check(value[name]));
