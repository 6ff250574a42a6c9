import { describe, expect, test } from 'vitest';
import { checkIncidentPatch, checkNewIncident } from '../../../../server/incidents/rules.ts';
import type { RondaError } from '../../../../shared/errors.ts';
import type { NewIncident } from '../../../../shared/schemas/incident.ts';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const INCIDENT: NewIncident = {
  id: '01890000-0000-7000-8000-000000000000',
  category: 'kamtibmas',
  severity: 'low',
  source: 'resident',
  title: 'Tawuran',
  occurredAt: '2026-11-22T11:30:00+08:00',
  location: { lon: 116.1, lat: -8.58 },
};

/** The fields that are refused, each with its problem. */
function refused(check: () => void): [field: string, problem: string][] {
  try {
    check();
    return [];
  } catch (error) {
    return (error as RondaError).details.map(({ field, problem }) => [field, problem]);
  }
}

describe('a new incident', () => {
  const problems = (fields: Partial<NewIncident>) => refused(() => checkNewIncident({ ...INCIDENT, ...fields }, NOW));

  test('is taken as it was seen', () => {
    expect(problems({})).toEqual([]);
    // A clock may be five minutes fast, and what lasts may end later than now.
    expect(problems({ occurredAt: '2026-11-22T04:05:00Z', occurredUntil: '2026-11-23T00:00:00Z' })).toEqual([]);
    expect(problems({ occurredUntil: INCIDENT.occurredAt })).toEqual([]);
  });

  test.each<[string, Partial<NewIncident>, string]>([
    ['body.id', { id: '01890000-0000-4000-8000-000000000000' }, 'UUIDv7'],
    ['body.id', { id: '01890000-0000-7000-c000-000000000000' }, 'UUIDv7'],
    ['body.title', { title: ' \t' }, 'blank'],
    ['body.description', { description: 'a\0b' }, 'NUL'],
    ['body.occurredAt', { occurredAt: '1899-12-31T23:59:59Z' }, 'since 1900'],
    ['body.occurredAt', { occurredAt: '2026-11-22T04:05:01Z' }, 'ahead'],
    ['body.reportedAt', { reportedAt: '2026-11-22T05:00:00Z' }, 'ahead'],
    ['body.occurredUntil', { occurredUntil: '2026-11-22T03:00:00Z' }, 'before occurredAt'],
    ['body.location', { location: { lon: 0, lat: 0 } }, '(0, 0)'],
  ])('is refused by %s for %j', (field, fields, problem) => {
    expect(problems(fields)).toEqual([[field, expect.stringContaining(problem)]]);
  });

  test('all that is wrong is told at once, as unprocessable', () => {
    const wrong = { ...INCIDENT, title: '', occurredAt: '1800-01-01T00:00:00Z', location: { lon: 0, lat: 0 } };
    expect(() => checkNewIncident(wrong, NOW)).toThrow(expect.objectContaining({ code: 'unprocessable', status: 422 }));
    expect(problems(wrong).map(([field]) => field)).toEqual(['body.title', 'body.occurredAt', 'body.location']);
  });
});

describe('a change', () => {
  const stored = { occurredAt: '2026-11-22T02:00:00Z', occurredUntil: '2026-11-22T03:00:00Z' };

  test('is compared with the times that stay as they were', () => {
    const until = (patch: object) => refused(() => checkIncidentPatch(patch, stored, NOW)).map(([field]) => field);
    expect(until({ title: 'Tawuran' })).toEqual([]);
    expect(until({ occurredAt: '2026-11-22T03:30:00Z' })).toEqual(['body.occurredUntil']);
    expect(until({ occurredUntil: '2026-11-22T01:59:59Z' })).toEqual(['body.occurredUntil']);
    expect(until({ occurredAt: '2026-11-22T03:30:00Z', occurredUntil: '2026-11-22T03:45:00Z' })).toEqual([]);
  });

  test('of a moment has nothing to end before', () => {
    const moment = { ...stored, occurredUntil: null };
    expect(refused(() => checkIncidentPatch({ occurredAt: '2026-11-22T03:59:00Z' }, moment, NOW))).toEqual([]);
  });
});
