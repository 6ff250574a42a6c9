import { expect, test } from 'vitest';
import { stageAt } from '../../../../client/shell/stage-at.ts';

const stage = (key: string, startsOn: string, endsOn: string) => ({ key, name: key, nameEn: key, startsOn, endsOn });
const STAGES = [
  stage('kampanye', '2024-09-25', '2024-11-23'),
  stage('tenang', '2024-11-24', '2024-11-26'),
  stage('pungut', '2024-11-27', '2024-11-27'),
  stage('rekap', '2024-11-29', '2024-12-16'),
];

test.each([
  ['2024-11-23T15:59:00Z', 'kampanye', 'tenang', 0],
  ['2024-11-23T16:01:00Z', 'tenang', 'pungut', 2],
  ['2024-11-27T03:00:00Z', 'pungut', 'rekap', 0],
  ['2024-11-28T03:00:00Z', undefined, 'rekap', 0],
  ['2025-01-01T00:00:00Z', undefined, undefined, 0],
])('%s', (time, current, next, daysLeft) => {
  const found = stageAt(STAGES, Date.parse(time));
  expect([found.current?.key, found.next?.key, found.daysLeft]).toEqual([current, next, daysLeft]);
});
