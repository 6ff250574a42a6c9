import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/**
 * One file of results computed by independent software. Its shape differs by method, so it is read as it comes: the
 * assertions are what checks it.
 */
export interface ReferenceFile {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each method's files have a shape of their own
  conventions: any;
  // biome-ignore lint/suspicious/noExplicitAny: each method's files have a shape of their own
  tolerance: any;
  // biome-ignore lint/suspicious/noExplicitAny: each method's files have a shape of their own
  input: any;
  // biome-ignore lint/suspicious/noExplicitAny: each method's files have a shape of their own
  expected: any;
}

/** Computes a file's `expected` from its `input`, and asserts every key of it within the file's tolerance. */
export type ReferenceCheck = (file: ReferenceFile) => void;

/** The names of the files in the folder, sorted. */
export function referenceNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

/** The method of a file: its name up to the second underscore, `a_gi` of `a_gi_columbus_contiguity.json`. */
export function kindOf(name: string): string {
  return name
    .replace(/\.json$/, '')
    .split('_')
    .slice(0, 2)
    .join('_');
}

/** Runs a file's check, and fails when it left a key of `expected` unread. */
export function runReference(folder: string, name: string, check: ReferenceCheck): void {
  const file: ReferenceFile = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const watched = watchReads(file.expected);
  check({ ...file, expected: watched.value });
  expect(watched.unread(), `keys of expected in ${name} that no assertion read`).toEqual([]);
}

/**
 * A view of a JSON value that remembers which keys were read, down to leaves: a number, a text, null, or an array that
 * has no objects in it, which is compared as a whole and so counts as read with its name.
 */
export function watchReads<T>(root: T): { value: T; unread: () => string[] } {
  const unread = new Set<string>();
  const views = new Map<object, object>();
  const watch = (value: unknown, path: string): unknown => {
    if (!isBranch(value)) return value;
    const known = views.get(value);
    if (known) return known;
    for (const [key, child] of Object.entries(value)) {
      if (!isBranch(child)) unread.add(`${path}.${key}`);
      else watch(child, `${path}.${key}`);
    }
    const view = new Proxy(value, {
      get(target, key) {
        const child = Reflect.get(target, key);
        unread.delete(`${path}.${String(key)}`);
        return watch(child, `${path}.${String(key)}`);
      },
    });
    views.set(value, view);
    return view;
  };
  return { value: watch(root, 'expected') as T, unread: () => [...unread] };
}

/** Whether a value has keys that are read one by one: an object, or an array with objects somewhere in it. */
function isBranch(value: unknown): value is object {
  if (Array.isArray(value)) return value.some(isBranch);
  return typeof value === 'object' && value !== null;
}

/** What a figure may differ by: the greater of `abs` and `rel` times the expected. */
export interface Tolerance {
  rel?: number;
  abs?: number;
}

/** Asserts that a figure is the expected one within the tolerance; `null` (undefined there) only matches `null`. */
export function expectNear(
  actual: number | null | undefined,
  expected: number | null,
  tolerance: Tolerance,
  what: string,
): void {
  if (expected === null || actual === null || actual === undefined) {
    expect(actual, what).toBe(expected);
    return;
  }
  const allowed = Math.max(tolerance.abs ?? 0, (tolerance.rel ?? 0) * Math.abs(expected));
  // Written so that NaN fails.
  if (!(Math.abs(actual - expected) <= allowed))
    expect.fail(`${what}: ${actual} is not ${expected} within ${allowed} (off by ${Math.abs(actual - expected)})`);
}

/** Asserts the same of every element, and that there are equally many. */
export function expectAllNear(
  actual: ArrayLike<number | null>,
  expected: readonly (number | null)[],
  tolerance: Tolerance,
  what: string,
): void {
  expect(actual.length, `${what}: number of elements`).toBe(expected.length);
  expected.forEach((figure, index) => {
    expectNear(actual[index], figure, tolerance, `${what}[${index}]`);
  });
}
