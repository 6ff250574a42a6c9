import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { id } from '../../../../client/i18n/id.ts';
import { fieldWords, valueWords } from '../../../../client/operations/change-words.ts';

beforeAll(() => i18next.init({ lng: 'id', resources: { id: { translation: id } } }));

const words = (field: string, value: unknown) => valueWords(field, value, i18next.t, 'WITA', 'id');

test('each field has its name, and one that is not known keeps its own', () => {
  expect([fieldWords('status', i18next.t), fieldWords('location', i18next.t), fieldWords('later', i18next.t)]).toEqual([
    'Status',
    'Koordinat',
    'later',
  ]);
});

test('values are said as the rest of the page says them', () => {
  expect(words('status', 'on_scene')).toBe('Di lokasi');
  expect(words('category', 'pemilu')).toBe(id.category.pemilu);
  expect(words('location', { lon: 116.1, lat: -8.58, accuracyM: 50 })).toBe('-8.58000, 116.10000, ± 50 m');
  expect(words('location', { lon: 116.1, lat: -8.58, accuracyM: null })).toBe('-8.58000, 116.10000');
  expect(words('occurredAt', '2026-11-22T06:00:00.000Z')).toMatch(/14[.:]00.*WITA/);
  expect(words('timePrecision', 'day')).toBe('hanya harinya diketahui');
  expect(words('areaCodes', ['98.01', '98.01.01'])).toBe('98.01, 98.01.01');
  expect([words('place', ''), words('areaCodes', []), words('subcategory', null)]).toEqual(['–', '–', '–']);
});

test('a title that reads like a status stays a title', () => {
  expect(words('title', 'new')).toBe('new');
});
