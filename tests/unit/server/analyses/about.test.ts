import { expect, test } from 'vitest';
import { EVERYTHING, type Scope } from '../../../../server/access/scope.ts';
import { aboutOf, requireWritable } from '../../../../server/analyses/about.ts';
import type { AnalysisSpec, AnalysisView } from '../../../../shared/schemas/analysis.ts';

const scope = (codes: string[], drawn: number[] = []): Scope => ({
  key: `${drawn.join()}|${codes.join()}`,
  everything: false,
  codes,
  jurisdictions: drawn,
  drawn,
  within: [],
});
const about = (read: Scope, view: AnalysisView, area: string | null) => aboutOf(read, view, { area } as AnalysisSpec);

test('figures of an area are about it, and others about all that their reader sees', () => {
  expect(about(scope(['52']), 'map', '52.71')).toEqual({ codes: ['52.71'], drawn: [] });
  expect(about(scope(['52'], [4]), 'map', null)).toEqual({ codes: ['52'], drawn: [4] });
  expect(about(EVERYTHING, 'map', null)).toEqual({ codes: null, drawn: [] });
  // Of an area that is seen in part, that part; what was drawn may lie in it.
  expect(about(scope(['52.71', '53.01'], [4]), 'map', '52')).toEqual({ codes: ['52.71'], drawn: [4] });
});

test('an area of which nothing is seen is refused by its field', () => {
  const details = [expect.objectContaining({ field: 'body.spec.area' })];
  expect(() => about(scope(['52.71']), 'map', '53')).toThrow(expect.objectContaining({ code: 'forbidden', details }));
});

test('views that look beyond the area that is asked for are about all that is seen', () => {
  expect(about(scope(['52']), 'effect', '52.71')).toEqual({ codes: ['52'], drawn: [] });
});

test('only who may write all that the figures are about may save them', () => {
  const write = scope(['52.71'], [4]);
  for (const [codes, drawn] of [
    [['52.71.01'], []],
    [['52.71'], [4]],
    [[], [4]],
  ] as const)
    expect(() => requireWritable({ codes, drawn }, write)).not.toThrow();
  for (const [codes, drawn] of [
    [['52'], []],
    [['52.71', '52.08'], []],
    [['52.71'], [5]],
    [null, []],
  ] as const)
    expect(() => requireWritable({ codes, drawn }, write)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  expect(() => requireWritable({ codes: null, drawn: [9] }, EVERYTHING)).not.toThrow();
});
