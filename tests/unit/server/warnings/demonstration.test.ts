import { expect, test } from 'vitest';
import { DEMO_SEED, generateArea } from '../../../../data/demo/area/generate.ts';
import { generateHistory } from '../../../../data/demo/history/generate.ts';
import { findSites } from '../../../../data/demo/history/sites.ts';
import { seededRandom } from '../../../../data/demo/random.ts';
import { type CountEntry, judgeFamily } from '../../../../server/warnings/family.ts';
import { MOST_WEEKS } from '../../../../server/warnings/judge.ts';
import { dayStart, WEEK_MS } from '../../../../server/warnings/weeks.ts';
import { COUNTED_STATUSES } from '../../../../shared/schemas/warning.ts';

test("the demonstration's hidden hotspot is found, and nothing else but what the election brings", () => {
  const now = Date.parse('2026-11-22T04:00:00Z');
  const area = generateArea(DEMO_SEED);
  const { hidden } = findSites(area, seededRandom(DEMO_SEED).fork('history').fork('sites'));
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
  const desa = hidden.ward.split('.').slice(0, 4).join('.');
  expect(told).toContain(`${desa} kamtibmas`);
  told.delete(`${desa} kamtibmas`);
  for (const other of told) expect(other).toMatch(/ pemilu$/);
});
