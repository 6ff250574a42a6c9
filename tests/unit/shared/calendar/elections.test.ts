import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { calendarProblems, covers, stagesWithin } from '../../../../shared/calendar/calendar.ts';
import { addDays, lengthOf } from '../../../../shared/calendar/days.ts';
import { ELECTIONS } from '../../../../shared/calendar/elections.ts';
import { ElectionCalendar } from '../../../../shared/schemas/election-calendar.ts';

const own: ElectionCalendar = {
  id: 'pilkades-narmada-2026',
  name: 'Pilkades Narmada 2026',
  nameEn: 'Village election of Narmada 2026',
  kind: 'pilkades',
  jurisdiction: ['52.01.03.2005'],
  stages: [
    {
      key: 'campaign',
      name: 'Kampanye',
      nameEn: 'Campaign',
      startsOn: '2026-09-01',
      endsOn: '2026-09-03',
      source: 'Keputusan panitia 3/2026',
    },
    {
      key: 'vote',
      name: 'Pemungutan suara',
      nameEn: 'Vote',
      startsOn: '2026-09-07',
      endsOn: '2026-09-07',
      source: 'Keputusan panitia 3/2026',
    },
  ],
};

describe.each(ELECTIONS.map((calendar) => [calendar.id, calendar] as const))('%s', (_, calendar) => {
  const stage = (key: string) => {
    const found = calendar.stages.find((stage) => stage.key === key);
    if (!found) throw new Error(`no ${key}`);
    return found;
  };

  test('meets the schema, and nothing is wrong with it', () => {
    expect([...Value.Errors(ElectionCalendar, calendar)]).toEqual([]);
    expect(calendarProblems(calendar)).toEqual([]);
  });

  test('names the regulation and the place where each stage was read', () => {
    for (const { source } of calendar.stages) expect(source).toMatch(/^PKPU \d+\/\d{4}.*https:\/\//);
  });

  test('has three quiet days between campaign and vote', () => {
    expect(lengthOf(stage('quiet'))).toBe(3);
    expect(stage('quiet').startsOn).toBe(addDays(stage('campaign').endsOn, 1));
    expect(stage('vote').startsOn).toBe(addDays(stage('quiet').endsOn, 1));
    expect(lengthOf(stage('vote'))).toBe(1);
  });
});

test('the calendars are in the order of their ends, the newest first', () => {
  const ends = ELECTIONS.map(({ stages }) => stages.at(-1)?.endsOn ?? '');
  expect(ends).toEqual([...ends].sort().reverse());
});

describe('a calendar of one’s own', () => {
  test('is taken', () => {
    expect(Value.Check(ElectionCalendar, own)).toBe(true);
    expect(calendarProblems(own)).toEqual([]);
  });

  test.each([
    ['an unknown property', { ...own, party: 'x' }],
    ['no stages', { ...own, stages: [] }],
    ['no source', { ...own, stages: [{ ...own.stages[0], source: '' }] }],
    ['a day that is none', { ...own, stages: [{ ...own.stages[0], endsOn: '2026-02-30' }] }],
    ['no area', { ...own, jurisdiction: [] }],
    ['an undotted code', { ...own, jurisdiction: ['5201'] }],
    ['an unknown kind', { ...own, kind: 'survey' }],
  ])('with %s is refused', (_, calendar) => {
    expect(Value.Check(ElectionCalendar, calendar)).toBe(false);
  });

  test('stages that end early, come twice or out of order are named with their remedy', () => {
    const [campaign, vote] = own.stages;
    if (!campaign || !vote) throw new Error('two stages');
    const problems = calendarProblems({
      ...own,
      stages: [vote, { ...campaign, endsOn: '2026-08-01' }, { ...vote, startsOn: '2026-09-08', endsOn: '2026-09-08' }],
    });
    expect(problems.map(({ field }) => field)).toEqual(['stages/1/endsOn', 'stages/1/startsOn', 'stages/2/key']);
    expect(problems[0]).toMatchObject({ problem: 'campaign ends on 2026-08-01, before it begins on 2026-09-01' });
  });

  test('covers its areas, what lies in them and what they lie in', () => {
    expect(covers(own, '52.01.03.2005')).toBe(true);
    expect(covers(own, '52.01.03.2005.RW001')).toBe(true);
    expect(covers(own, '52.01')).toBe(true);
    expect(covers(own, '52.01.03.2006')).toBe(false);
    expect(covers({ ...own, jurisdiction: ['52'] }, '53.01')).toBe(false);
    expect(covers({ ...own, jurisdiction: 'national' }, '96')).toBe(true);
  });
});

test('the stages of a span, of every calendar', () => {
  const keys = (startsOn: string, endsOn: string) =>
    stagesWithin({ startsOn, endsOn }, ELECTIONS).map(({ calendar, stage }) => `${calendar.id} ${stage.key}`);
  expect(keys('2024-02-14', '2024-02-14')).toEqual(['pemilu-2024 vote', 'pemilu-2024 count']);
  expect(keys('2024-11-27', '2024-11-27')).toEqual(['pilkada-2024 vote', 'pilkada-2024 recapitulation']);
  expect(keys('2021-01-01', '2021-12-31')).toEqual([]);
});
