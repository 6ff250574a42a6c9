import { expect, test } from 'vitest';
import { spanWords } from '../../../../client/duty/duty-words.ts';

const MINUTE = 60_000;

test.each([
  [0, '0 mnt', '0 min'],
  [-5 * MINUTE, '0 mnt', '0 min'],
  [29_000, '0 mnt', '0 min'],
  [45 * MINUTE, '45 mnt', '45 min'],
  [59.6 * MINUTE, '1 jam', '1 h'],
  [200 * MINUTE, '3 jam 20 mnt', '3 h 20 min'],
  [720 * MINUTE, '12 jam', '12 h'],
])('%d ms are %s, %s', (ms, id, en) => {
  expect([spanWords(ms, 'id'), spanWords(ms, 'en')]).toEqual([id, en]);
});
