import { expect, test } from 'vitest';
import { isWritten, keepDraft, newDraft, readDraft, toIncident } from '../../../../client/operations/draft.ts';

const NOW = Date.parse('2026-11-22T06:05:09Z');

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test('a kept draft comes back whole, with the same id', () => {
  const device = storage();
  const draft = { ...newDraft({ lon: 116.1, lat: -8.58 }, NOW), title: 'Tawuran', accuracyM: 50 };
  keepDraft(device, '7', draft);
  expect(readDraft(device, '7')).toEqual(draft);
  keepDraft(device, '7', undefined);
  expect(readDraft(device, '7')).toBeUndefined();
});

test('how exactly a place is known is always told, also that it is known exactly', () => {
  const draft = { ...newDraft({ lon: 116.1, lat: -8.58 }, NOW), title: 'Tawuran' };
  expect(toIncident(draft, NOW)?.location).toEqual({ lon: 116.1, lat: -8.58, accuracyM: 0 });
  expect(toIncident({ ...draft, accuracyM: 977 }, NOW)?.location).toMatchObject({ accuracyM: 977 });
});

test("a draft is its writer's alone", () => {
  const device = storage();
  keepDraft(device, '7', { ...newDraft(undefined, NOW), title: 'Tawuran' });
  expect(readDraft(device, '8')).toBeUndefined();
});

test.each(['', 'null', '{}', '[1]', '{"id":1,"title":2}', '{broken'])('%j is no draft', (text) => {
  expect(readDraft({ getItem: () => text }, '7')).toBeUndefined();
});

test('a device that keeps nothing is no error', () => {
  const full = {
    setItem: () => {
      throw new Error('full');
    },
    removeItem: () => {},
  };
  expect(() => keepDraft(full, '7', newDraft(undefined, NOW))).not.toThrow();
});

test('the request has what was written, and the moment of saving for what was not', () => {
  const draft = { ...newDraft({ lon: 116.1, lat: -8.58 }, NOW), title: '  Tawuran ' };
  expect(isWritten(draft)).toBe(true);
  expect(toIncident(draft, NOW)).toEqual({
    id: draft.id,
    title: 'Tawuran',
    category: 'kamtibmas',
    severity: 'moderate',
    source: 'resident',
    timePrecision: 'minute',
    occurredAt: '2026-11-22T06:05:09.000Z',
    reportedAt: '2026-11-22T06:05:09.000Z',
    location: { lon: 116.1, lat: -8.58, accuracyM: 0 },
  });
  expect(toIncident({ ...draft, title: ' ' }, NOW)).toBeUndefined();
  expect(toIncident({ ...draft, location: undefined }, NOW)).toBeUndefined();
});
