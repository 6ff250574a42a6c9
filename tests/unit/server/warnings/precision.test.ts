import { expect, test } from 'vitest';
import { precisionOf } from '../../../../server/warnings/precision.ts';
import { WARNING_RULES } from '../../../../shared/schemas/warning.ts';

const [rule = 'ewma'] = WARNING_RULES;

test('every rule is told of, also those without a warning', () => {
  const all = precisionOf([]);
  expect(all.map((one) => one.rule)).toEqual([...WARNING_RULES]);
  for (const { precision, low, high } of all) expect([precision, low, high]).toEqual([null, null, null]);
});

test('what is unclear or not judged yet says nothing for or against a rule', () => {
  const [first] = precisionOf([
    { rule, outcome: 'unclear', count: 7 },
    { rule, outcome: null, count: 3 },
  ]);
  expect(first).toMatchObject({ true: 0, false: 0, unclear: 7, unjudged: 3, precision: null, low: null, high: null });
});

/** Intervals of Newcombe, Stat. Med. 17 (1998), table I, method 3: the score method without continuity correction. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i right of %i: %d to %d at 95 %%', (right, all, low, high) => {
  const [first] = precisionOf([
    { rule, outcome: 'true', count: right },
    { rule, outcome: 'false', count: all - right },
  ]);
  expect(first?.precision).toBeCloseTo(right / all, 12);
  expect(first?.low).toBeCloseTo(low, 4);
  expect(first?.high).toBeCloseTo(high, 4);
});
