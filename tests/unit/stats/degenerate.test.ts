import { describe, expect, test } from 'vitest';
import * as stats from '../../../shared/stats/index.ts';
import { accepted } from './outcome.ts';
import { COUNTS, HEADS, SUBJECTS } from './public-entry.ts';

/** What stands in the place of each list of a call: nothing, too little, and what is no count or no number at all. */
const LISTS: Record<string, (good: readonly number[]) => number[]> = {
  empty: () => [],
  'a single one': (good) => good.slice(0, 1),
  'two of them': (good) => good.slice(0, 2),
  'one too few': (good) => good.slice(1),
  'all zero': (good) => good.map(() => 0),
  'all equal': (good) => good.map(() => 7),
  'one negative': (good) => good.with(1, -1),
  'all negative': (good) => good.map((value) => -1 - Math.abs(value)),
  'one broken': (good) => good.with(1, 0.5),
  'one NaN': (good) => good.with(1, Number.NaN),
  'one infinite': (good) => good.with(1, Number.POSITIVE_INFINITY),
  'one infinitely small': (good) => good.with(1, Number.NEGATIVE_INFINITY),
  'one huge': (good) => good.with(1, 1e308),
  'all huge': (good) => good.map(() => 1e308),
  'one far': (good) => good.with(1, 1e60),
  'one tiny': (good) => good.with(1, 1e-308),
  'all tiny': (good) => good.map((_, i) => (i + 1) * 1e-308),
};

/** And of each number. */
const NUMBERS = [0, -1, 0.5, 1e60, 1e308, 1e-308, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Functions that judge nothing by themselves: they put a result of another into classes, or make its parts. */
const HELPERS = ['confidenceClasses', 'createRandom', 'done', 'ranksWithin', 'refuse'];

test('every function of the public entry is here', () => {
  const functions = Object.entries(stats).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(functions.toSorted()).toEqual([...Object.keys(SUBJECTS), ...HELPERS].toSorted());
});

describe.each(Object.entries(SUBJECTS))('%s', (_, { lists, numbers = [], call }) => {
  test('accepts what is good', () => {
    expect([call(lists, numbers)].flat()[0]).toMatchObject({ ok: true });
  });

  test('whatever it is given, it has finite figures or a named reason', { timeout: 60_000 }, () => {
    for (const slot of lists.keys())
      for (const [what, broken] of Object.entries(LISTS))
        judge(() => call(lists.with(slot, broken(lists[slot] ?? [])), numbers), `list ${slot}: ${what}`);
    for (const [what, broken] of Object.entries(LISTS)) judge(() => call(lists.map(broken), numbers), `lists: ${what}`);
    for (const slot of numbers.keys())
      for (const number of NUMBERS) judge(() => call(lists, numbers.with(slot, number)), `number ${slot}: ${number}`);
  });
});

test('classes and ranks of what is no number are none', () => {
  expect([...stats.confidenceClasses(Float64Array.of(Number.NaN, 3), Float64Array.of(0, Number.NaN))]).toEqual([0, 0]);
  const accuracy = accepted(stats.predictionAccuracyIndex(COUNTS, HEADS, HEADS));
  expect(stats.ranksWithin(accuracy, Number.NaN)).toBe(0);
});

/** Neither a throw nor a figure that is none; a reason is said in words too. */
function judge(call: () => unknown, what: string): void {
  let outcome: unknown;
  try {
    outcome = call();
  } catch (error) {
    expect.fail(`${what}: throws ${error}`);
  }
  expect(broken(outcome, ''), what).toEqual([]);
}

/** Where there is a number that is not finite, and refusals without a reason. */
function broken(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  if ('ok' in value && value.ok === false) {
    const { reason, detail } = value as Record<string, unknown>;
    return reason && typeof detail === 'string' && detail.length > 10 ? [] : [`${path} has no reason`];
  }
  if (ArrayBuffer.isView(value))
    return [...(value as Float64Array)].every(Number.isFinite)
      ? []
      : [`${path} has ${[...(value as Float64Array)].find((one) => !Number.isFinite(one))}`];
  return Object.entries(value).flatMap(([key, child]) => broken(child, `${path}.${key}`));
}
