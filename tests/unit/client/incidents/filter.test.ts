import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesFilter, withinArea } from '../../../../client/incidents/filter.ts';
import { type IncidentFilter, NO_FILTER } from '../../../../client/state/view.ts';
import { arbitraryIncident, incidentPoint } from '../../../support/incident-points.ts';

const HOUR = 3_600_000;
const ALL: IncidentFilter = { ...NO_FILTER, hours: undefined };

describe('an area holds itself and what lies within it', () => {
  test.each([
    ['52.7', '52.7', true],
    ['52.7', '52.7.01', true],
    ['52.7', '52.71', false],
    ['1', '11', false],
    ['1', '1.1', true],
    ['52.71.01', '52.71', false],
    ['52.71.01.1004', '52.71.01.1004.RW005', true],
    ['52.71.01.1004.RW00', '52.71.01.1004.RW005', false],
    ['52', '', false],
    ['', '52', true],
    [undefined, '', true],
  ])('%s ⊇ %s: %s', (area, code, expected) => {
    expect(withinArea(area, code)).toBe(expected);
  });

  test('exactly the codes that begin with its components', () => {
    const code = fc.array(fc.constantFrom('1', '11', '52', '7', '71', 'RW005'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(code, code, (area, inner) => {
        const begins = area.every((part, at) => inner[at] === part);
        expect(withinArea(area.join('.'), inner.join('.'))).toBe(begins);
      }),
    );
  });
});

describe('the filter', () => {
  const point = incidentPoint({ id: 'a', occurredAt: 10 * HOUR });

  test('without choices lets everything pass', () => {
    fc.assert(fc.property(arbitraryIncident, (fields) => matchesFilter(ALL, incidentPoint({ ...fields, id: 'a' }), 0)));
  });

  test.each<[string, Partial<IncidentFilter>, boolean]>([
    ['its category', { categories: ['kamtibmas', 'sar'] }, true],
    ['another category', { categories: ['sar'] }, false],
    ['its severity', { severities: ['low'] }, true],
    ['another severity', { severities: ['critical'] }, false],
    ['its status', { statuses: ['new'] }, true],
    ['another status', { statuses: ['resolved'] }, false],
    ['its source', { sources: ['resident'] }, true],
    ['another source', { sources: ['patrol'] }, false],
    ['its age', { hours: 2 }, true],
    ['too young an age', { hours: 1 }, false],
    ['its area', { area: '98.71' }, true],
    ['another area', { area: '98.7' }, false],
    ['one that fails among several', { categories: ['kamtibmas'], severities: ['critical'] }, false],
  ])('by %s', (_what, filter, expected) => {
    expect(matchesFilter({ ...ALL, ...filter }, point, 12 * HOUR)).toBe(expected);
  });

  test('a time in the future is not too old', () => {
    expect(matchesFilter({ ...ALL, hours: 1 }, point, 0)).toBe(true);
  });
});
