import { expect, test } from 'vitest';
import {
  bodyOf,
  type CalendarDraft,
  draftOf,
  newDraft,
  newStage,
  ordered,
  problemsOf,
  problemsSaid,
} from '../../../../client/analysis/calendars/draft.ts';
import { calendarProblems } from '../../../../shared/calendar/calendar.ts';

const stage = (changes: object) => ({
  ...newStage('Perbup 1/2027'),
  ...{ name: 'Kampanye', startsOn: '2027-03-01', endsOn: '2027-03-03' },
  ...changes,
});
const draft = (changes: Partial<CalendarDraft>): CalendarDraft => ({
  ...newDraft(),
  ...{ name: ' Pilkades ', areas: ['52.71'] },
  ...changes,
});

test('what is missing or wrong is told by its field', () => {
  expect(problemsOf(newDraft())).toEqual({
    name: 'missing',
    areas: 'noAreas',
    'stages.0.name': 'missing',
    'stages.0.startsOn': 'missing',
    'stages.0.endsOn': 'missing',
    'stages.0.source': 'missing',
  });
  const stages = [stage({ key: 'campaign', endsOn: '2027-02-01' }), stage({ key: 'campaign' }), stage({}), stage({})];
  expect(problemsOf(draft({ stages }))).toEqual({ 'stages.0.endsOn': 'endsBefore', 'stages.1.key': 'twice' });
});

test('what is sent is in the order of time, with keys of its own for stages that no other election has', () => {
  const stages = [
    stage({ startsOn: '2027-03-09', endsOn: '2027-03-09', key: 'vote', name: 'Pungut suara', nameEn: 'Vote' }),
    stage({ name: 'Debat Publik: Désa' }),
    stage({ name: 'Debat publik désa' }),
    stage({ name: '投票' }),
  ];
  const body = bodyOf(ordered(draft({ stages })));
  expect(body.stages.map(({ key, nameEn }) => [key, nameEn])).toEqual([
    ['own-debat-publik-desa', 'Debat Publik: Désa'],
    ['own-debat-publik-desa-2', 'Debat publik désa'],
    ['own-stage', '投票'],
    ['vote', 'Vote'],
  ]);
  expect(body).toMatchObject({ name: 'Pilkades', nameEn: 'Pilkades', jurisdiction: ['52.71'] });
  expect(calendarProblems({ id: 'own-1', ...body })).toEqual([]);
  expect(bodyOf(draft({ isNational: true })).jurisdiction).toBe('national');
});

test('a calendar that is read and sent unchanged is the same', () => {
  const body = bodyOf(ordered(draft({ stages: [stage({ key: 'campaign' })] })));
  expect(bodyOf(draftOf({ id: 'own-1', ...body }))).toEqual(body);
});

test('what the server says is put at the form’s fields', () => {
  const details = [
    { field: 'body.jurisdiction.1', problem: '52.08 lies outside' },
    { field: 'body.stages.0.source', problem: 'must be shorter' },
  ];
  expect(problemsSaid(details, true)).toEqual({ areas: 'outside', 'stages.0.source': { said: 'must be shorter' } });
});
