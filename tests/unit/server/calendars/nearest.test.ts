import { describe, expect, test } from 'vitest';
import { nearestCalendar } from '../../../../server/calendars/nearest.ts';
import { ELECTIONS } from '../../../../shared/calendar/elections.ts';
import type { ElectionCalendar } from '../../../../shared/schemas/election-calendar.ts';

const calendar = (
  id: string,
  spans: [string, string][],
  jurisdiction: ElectionCalendar['jurisdiction'] = 'national',
): ElectionCalendar => ({
  id,
  name: id,
  nameEn: id,
  kind: 'other',
  jurisdiction,
  stages: spans.map(([startsOn, endsOn], index) => ({
    key: `s${index}`,
    name: 'a',
    nameEn: 'a',
    startsOn,
    endsOn,
    source: 'a',
  })),
});
const nearest = (calendars: readonly ElectionCalendar[], today: string) => nearestCalendar(calendars, today)?.id;

describe('the calendar that a day belongs to', () => {
  test.each([
    // Both run: Pilkada 2024 begins on 17 April, when Pemilu 2024 has been over since 20 March.
    ['2024-02-12', 'pemilu-2024'],
    ['2024-03-30', 'pemilu-2024'],
    ['2024-04-10', 'pilkada-2024'],
    ['2024-11-27', 'pilkada-2024'],
    ['2025-06-01', 'pilkada-2024'],
    ['2019-04-18', 'pemilu-2019'],
    // More than a year after the last one there is none.
    ['2026-06-01', undefined],
  ])('on %s it is %s', (today, id) => {
    expect(nearest(ELECTIONS, today)).toBe(id);
  });

  test('not merely the one that ends last', () => {
    const near = calendar('near', [['2026-06-01', '2026-06-30']]);
    const far = calendar('far', [['2027-02-01', '2027-03-01']]);
    expect(nearest([far, near], '2026-07-10')).toBe('near');
    expect(nearest([far, near], '2027-01-10')).toBe('far');
  });

  test('a stage of today before a gap between stages, areas before the whole country, what comes before what is over', () => {
    const gap = calendar('gap', [
      ['2026-01-01', '2026-01-05'],
      ['2026-03-01', '2026-03-05'],
    ]);
    const running = calendar('running', [['2026-02-01', '2026-02-28']]);
    expect(nearest([gap, running], '2026-02-10')).toBe('running');
    expect(nearest([gap], '2026-02-10')).toBe('gap');
    const local = calendar('z-local', [['2026-02-01', '2026-02-28']], ['52.71']);
    expect(nearest([running, local], '2026-02-10')).toBe('z-local');
    const over = calendar('a-over', [['2026-01-01', '2026-01-10']]);
    const coming = calendar('coming', [['2026-01-20', '2026-01-25']]);
    expect(nearest([over, coming], '2026-01-15')).toBe('coming');
    expect(nearest([], '2026-01-15')).toBeUndefined();
  });
});
