import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Camera, DEFAULT_VIEW, encodeView, type LinkedView, parseView } from '../../../../client/state/url.ts';
import { ADMIN_SECTIONS, NO_FILTER, ROOMS } from '../../../../client/state/view.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  SEVERITIES,
} from '../../../../shared/schemas/incident.ts';

const code = fc.constantFrom('52', '52.71', '52.71.01', '52.71.01.1004', '52.71.01.1004.RW005');
const flag = fc.boolean();
const view: fc.Arbitrary<LinkedView> = fc.record({
  room: fc.constantFrom(...ROOMS),
  selection: fc.oneof(
    fc.constant(undefined),
    fc.uuid().map((id) => ({ kind: 'incident' as const, id })),
    fc.nat({ max: 1e9 }).map((id) => ({ kind: 'unit' as const, id })),
    code.map((each) => ({ kind: 'area' as const, code: each })),
    fc.string({ minLength: 1, unit: 'grapheme' }).map((id) => ({ kind: 'place' as const, id })),
  ),
  filter: fc.record({
    categories: fc.subarray([...INCIDENT_CATEGORIES]),
    severities: fc.subarray([...SEVERITIES]),
    statuses: fc.subarray([...INCIDENT_STATUSES]),
    sources: fc.subarray([...INCIDENT_SOURCES]),
    hours: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    area: fc.option(code, { nil: undefined }),
    between: fc.option(
      fc
        .tuple(fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 1e9 }))
        .map(([from, span]): [number, number] => [from, from + span]),
      { nil: undefined },
    ),
  }),
  layers: fc.record({ areas: flag, units: flag, incidents: flag, heat: flag, places: flag }),
  trail: flag,
  theme: fc.constantFrom('dark' as const, 'light' as const),
  language: fc.constantFrom('id' as const, 'en' as const),
  wall: flag,
  admin: fc.constantFrom(undefined, ...ADMIN_SECTIONS),
  analysis: fc.option(fc.stringMatching(/^[\w.,~-]{1,80}$/), { nil: undefined }),
  saved: fc.option(fc.record({ id: fc.uuid(), print: fc.boolean() }), { nil: undefined }),
  plan: fc.option(fc.uuid(), { nil: undefined }),
});
const camera: fc.Arbitrary<Camera> = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  zoom: fc.double({ min: 0, max: 22, noNaN: true }),
});

test('a link brings back the view it was made from', () => {
  fc.assert(
    fc.property(view, camera, (made, looked) => {
      const read = parseView(encodeView(made, looked));
      expect(read.view).toEqual(made);
      expect(read.camera?.lon).toBeCloseTo(looked.lon, 4);
      expect(read.camera?.lat).toBeCloseTo(looked.lat, 4);
      expect(read.camera?.zoom).toBeCloseTo(looked.zoom, 1);
    }),
  );
});

test('a place whose id has a line separator is found by its link', () => {
  const selection = { kind: 'place' as const, id: 'pos\u2028\n1' };
  expect(parseView(encodeView({ ...DEFAULT_VIEW, selection }, undefined)).view.selection).toEqual(selection);
});

test('the default view needs no words', () => {
  expect(encodeView(DEFAULT_VIEW, undefined)).toBe('');
  expect(parseView('')).toEqual({
    view: { ...DEFAULT_VIEW, filter: { ...NO_FILTER, between: undefined } },
    camera: undefined,
  });
});

test('whatever a link says, it is read without error and every value is a known one', () => {
  fc.assert(fc.property(fc.string(), (query) => void parseView(query)));
  const { view: read, camera: looked } = parseView(
    'ruang=x&peta=99/0/0&pilih=unit:-1&kategori=pemilu,x,pemilu&jam=-3&wilayah=5271&waktu=9-3&tema=x',
  );
  expect(read).toEqual({ ...DEFAULT_VIEW, filter: { ...NO_FILTER, categories: ['pemilu'], between: undefined } });
  expect(looked).toBeUndefined();
});
