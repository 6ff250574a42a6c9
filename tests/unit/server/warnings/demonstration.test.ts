import { expect, test } from 'vitest';
import { DEMO_SEED, generateArea } from '../../../../data/demo/area/generate.ts';
import { generateHistory, historySites } from '../../../../data/demo/history/generate.ts';
import { type CountEntry, judgeFamily } from '../../../../server/warnings/family.ts';
import { MOST_WEEKS } from '../../../../server/warnings/judge.ts';
import { dayStart, WEEK_MS } from '../../../../server/warnings/weeks.ts';
import { COUNTED_STATUSES } from '../../../../shared/schemas/warning.ts';

test("the demonstration's hidden hotspot is found, and beside what the election brings no more than a series of repeats", () => {
  const area = generateArea(DEMO_SEED);
  const { hidden } = historySites(area, DEMO_SEED);
  const desa = hidden.ward.split('.').slice(0, 4).join('.');
  // On other days of the week, at other hours: the history is of the day when it is loaded.
  for (let load = 0; load < 7; load += 3) {
    const now = Date.UTC(2026, 10, 22 + load, (4 + 7 * load) % 24);
    const end = dayStart(now, 'WITA');
    const entries: CountEntry[] = [];
    for (const { occurredAt, source, steps, ward, category } of generateHistory(area, DEMO_SEED, now)) {
      const status = steps.at(-1)?.status ?? 'new';
      if (source === 'patrol' || !COUNTED_STATUSES.includes(status) || occurredAt >= end) continue;
      const week = MOST_WEEKS - Math.ceil((end - occurredAt) / WEEK_MS);
      const codes = [3, 4].map((parts) => ward.split('.').slice(0, parts).join('.'));
      for (const code of codes) entries.push({ code, category, week, count: 1 });
    }
    const { findings } = judgeFamily({ family: '98.71', weeks: MOST_WEEKS, entries });
    const told = new Set(findings.map(({ code, category }) => `${code} ${category}`));
    expect(told).toContain(`${desa} kamtibmas`);
    told.delete(`${desa} kamtibmas`);
    // A burglary and its repeats in a desa where hardly anything happens.
    expect([...told].filter((other) => !other.endsWith(' pemilu')).length).toBeLessThan(2);
  }
}, 120_000);
