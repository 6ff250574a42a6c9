import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SEED, type DemoArea, generateArea } from '../../../../data/demo/area/generate.ts';
import { DAY_MS, electionStages, localHour, localWeekday, stageAt } from '../../../../data/demo/history/calendar.ts';
import {
  type DemoIncident,
  generateHistory,
  HISTORY_DAYS,
  reportedAt,
} from '../../../../data/demo/history/generate.ts';
import { OPEN_STATUSES } from '../../../../shared/schemas/incident.ts';

const NOW = Date.UTC(2026, 5, 10, 4);

describe('the history of the demonstration', { timeout: 60_000 }, () => {
  let area: DemoArea;
  let history: DemoIncident[];
  beforeAll(() => {
    area = generateArea(DEMO_SEED);
    history = generateHistory(area, DEMO_SEED, NOW);
  }, 60_000);
  const of = (...subcategories: string[]) => history.filter((one) => subcategories.includes(one.subcategory));
  const status = (one: DemoIncident) => one.steps.at(-1)?.status ?? 'new';

  test('is the same for the same seed and day', () => {
    expect(generateHistory(area, DEMO_SEED, NOW)).toEqual(history);
  });

  test('spans half a year up to now, and nothing lies in the future', () => {
    expect(history.length).toBeGreaterThan(3000);
    expect(history.length).toBeLessThan(6000);
    for (const one of history) {
      expect(one.occurredAt).toBeGreaterThan(NOW - (HISTORY_DAYS + 2) * DAY_MS);
      expect(one.occurredAt).toBeLessThanOrEqual(reportedAt(one));
      expect(one.steps.at(-1)?.at).toBeLessThan(NOW);
      expect(one.steps[0]?.status).toBe('new');
    }
    expect(new Set(history.map(({ id }) => id)).size).toBe(history.length);
  });

  test('has the rhythm of days and weeks', () => {
    const share = (of: DemoIncident[], test: (one: DemoIncident) => boolean) => of.filter(test).length / of.length;
    const atNight = (one: DemoIncident) => localHour(one.occurredAt) >= 20 || localHour(one.occurredAt) < 3;
    expect(share(of('keributan'), atNight)).toBeGreaterThan(0.5);
    expect(share(of('laka', 'kemacetan'), atNight)).toBeLessThan(0.3);
    const fridays = (one: DemoIncident) => localWeekday(one.occurredAt) >= 5;
    expect(share(of('tawuran'), fridays)).toBeGreaterThan((2 / 7) * 1.3);
  });

  test('election incidents rise through campaign, quiet days and vote', () => {
    const stages = electionStages(NOW);
    const perDay = (key: string) => {
      const stage = stages.find((one) => one.key === key);
      const days = stage ? (Date.parse(stage.endsOn) - Date.parse(stage.startsOn)) / DAY_MS + 1 : 1;
      const during = history.filter((one) => stageAt(NOW, one.occurredAt)?.key === key && one.category === 'pemilu');
      return during.length / days;
    };
    expect(perDay('campaign')).toBeGreaterThan(1);
    expect(perDay('quiet')).toBeGreaterThan(perDay('campaign') * 1.5);
    expect(perDay('vote')).toBeGreaterThan(perDay('quiet') * 2);
    expect(stageAt(NOW, NOW)?.key).toBe('recapitulation');
  });

  test('hides one hotspot: no other spot has nearly as many thefts of late', () => {
    const recent = of('curanmor', 'curat').filter((one) => NOW - one.occurredAt < 60 * DAY_MS);
    const counts = recent.map(
      (one) => recent.filter((other) => Math.hypot(other.lon - one.lon, other.lat - one.lat) * 111_000 < 200).length,
    );
    expect(Math.max(...counts)).toBeGreaterThan(30);
    const names = JSON.stringify(history.map(({ title, description, place }) => [title, description, place]));
    expect(names).not.toMatch(/titik rawan|hotspot/i);
  });

  test('comes from residents, radio, patrols and official feeds; is mostly resolved, in part still open', () => {
    expect(new Set(history.map(({ source }) => source))).toEqual(new Set(['resident', 'radio', 'patrol', 'official']));
    expect(history.filter((one) => status(one) === 'resolved').length / history.length).toBeGreaterThan(0.7);
    const open = history.filter((one) => OPEN_STATUSES.includes(status(one)));
    expect(open.length).toBeGreaterThan(4);
    expect(open.length).toBeLessThan(60);
  });

  test('says nothing of persons: no long numbers, addresses, plates or handles', () => {
    for (const { title, description, place } of history) {
      const text = `${title} ${description} ${place}`;
      expect(text).not.toMatch(/\d{7,}|@|https?:|\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b/);
      expect(text).not.toMatch(/\b(tersangka|korban|pelaku|bernama|inisial)\b/i);
    }
  });
});
