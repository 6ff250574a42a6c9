import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../../../client/analysis/link.ts';
import { firstSpec } from '../../../../client/analysis/state.ts';
import { DEFAULT_VIEW, encodeView, parseView } from '../../../../client/state/url.ts';
import { addDays } from '../../../../shared/calendar/days.ts';
import {
  ANALYSIS_VIEWS,
  type AnalysisSpec,
  AREA_SIZES,
  CLUSTER_METHODS,
  DENOMINATORS,
  FORECASTS,
  MEASURES,
  RISKS,
} from '../../../../shared/schemas/analysis.ts';
import { COUNT_LEVELS, GRID_SHAPES } from '../../../../shared/schemas/hotspot.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from '../../../../shared/schemas/incident.ts';

const days = fc.tuple(fc.integer({ min: -20_000, max: 20_000 }), fc.nat({ max: 4000 })).map(([first, length]) => ({
  startsOn: addDays('2024-02-14', first),
  endsOn: addDays('2024-02-14', first + length),
}));
const codes = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 11, max: 99 }), fc.integer({ min: 10, max: 99 })).map((parts) => parts.join('.')),
  { maxLength: 5 },
);
const bands = fc
  .uniqueArray(fc.integer({ min: 1, max: 366 }), { minLength: 1, maxLength: 10 })
  .map((ends) => ends.toSorted((a, b) => a - b));
const effect = fc.record({
  level: fc.constantFrom(...COUNT_LEVELS),
  treated: codes,
  control: codes,
  before: fc.option(days),
  after: fc.option(days),
  surroundings: fc.boolean(),
  size: fc.constantFrom(...AREA_SIZES),
});
const repeat = fc.record({
  metres: bands,
  days: bands,
  draws: fc.integer({ min: 99, max: 9_999 }),
  exact: fc.boolean(),
  clusters: fc.constantFrom(...CLUSTER_METHODS),
  risk: fc.constantFrom(...RISKS),
  share: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  radiusM: fc.option(fc.integer({ min: 100, max: 500_000 })),
});
const foresight = fc.record({
  forecast: fc.constantFrom(...FORECASTS),
  from: fc.constantFrom('period' as const, 'baseline' as const),
  weeks: fc.integer({ min: 1, max: 12 }),
});
const start = firstSpec('2026-11-22');
const REQUIRED = Object.keys(start) as (keyof typeof start)[];
const spec: fc.Arbitrary<AnalysisSpec> = fc.record(
  {
    period: days,
    baseline: fc.option(
      fc
        .tuple(
          days,
          fc.constantFrom('same-stage' as const, 'same-weeks' as const, 'weeks-before' as const, 'own' as const),
        )
        .map(([span, kind]) => ({ ...span, kind })),
    ),
    categories: fc.subarray([...INCIDENT_CATEGORIES]),
    severities: fc.subarray([...SEVERITIES]),
    area: fc.option(fc.constantFrom('52', '52.71', '52.71.01.1004', '52.71.01.1004.RW005')),
    patrol: fc.boolean(),
    unverified: fc.boolean(),
    places: fc.oneof(
      fc.constantFrom(...COUNT_LEVELS).map((level) => ({ kind: 'areas' as const, level })),
      fc.record({ kind: fc.constantFrom(...GRID_SHAPES), metres: fc.integer({ min: 100, max: 50_000 }) }),
    ),
    measure: fc.constantFrom(...MEASURES),
    per: fc.constantFrom(...DENOMINATORS),
    expected: fc.constantFrom('baseline' as const, 'per' as const),
    smoothing: fc.constantFrom('none' as const, 'global' as const, 'local' as const),
    alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    fdr: fc.boolean(),
    draws: fc.integer({ min: 99, max: 9_999 }),
    bandwidthM: fc.option(fc.double({ min: 50, max: 20_000, noNaN: true })),
    stepDays: fc.integer({ min: 1, max: 92 }),
    seed: fc.nat({ max: 4_294_967_295 }),
    effect,
    repeat,
    foresight,
  },
  { requiredKeys: REQUIRED },
);

test('a link brings back the view and the question it was made from, through the address too', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ANALYSIS_VIEWS), spec, (view, made) => {
      const analysis = encodeLink(view, made);
      const { analysis: read } = parseView(encodeView({ ...DEFAULT_VIEW, room: 'analisis', analysis }, undefined)).view;
      expect(decodeLink(read ?? '', start)).toEqual({ view, spec: made });
    }),
  );
});

test('a question at its defaults is short', () => {
  expect(encodeLink('map', start)).toBe('map~p.20261025-20261121~b.20260927-20261024-w');
});

test('whatever a link says, it is read without error, and what is wrong is at its default', () => {
  fc.assert(fc.property(fc.string(), (text) => void decodeLink(text, start)));
  const wrong =
    'x~p.20240230-20240301~b.1-2-s~k.pemilu,x,pemilu~s.huge~a.5271~g.hexagon-5~m.sum~d.0~e.x~n.0.5~w.1~l.0~r.-1~y.x~q.3-2,1,999,1,poisson,households,0.5,none~h.window~~z';
  expect(decodeLink(wrong, start)).toEqual({ view: 'map', spec: { ...start, categories: ['pemilu'] } });
});

test('a period that ends before it begins is none, and a period without a baseline has none', () => {
  expect(decodeLink('map~p.20240214-20240213', start).spec).toEqual(start);
  expect(decodeLink('compare~p.20240213-20240214', start)).toEqual({
    view: 'compare',
    spec: { ...start, period: { startsOn: '2024-02-13', endsOn: '2024-02-14' }, baseline: null },
  });
});
