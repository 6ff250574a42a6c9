import { expect, test } from 'vitest';
import { detailWords } from '../../../../client/admin/detail-words.ts';

const time = (iso: string) => `<${iso}>`;

test.each([
  [{ role: 'operator', jurisdictionId: 2 }, 'role: operator · jurisdictionId: 2'],
  // Whoever reads it has a zone; times never stand in the server's words.
  [
    { kind: 'invitation', expiresAt: '2026-11-29T04:12:58.069Z' },
    'kind: invitation · expiresAt: <2026-11-29T04:12:58.069Z>',
  ],
  [{ reason: '', validTo: null, unit: 0, on: false }, 'unit: 0 · on: false'],
  [{ devices: [1, 2] }, 'devices: [1,2]'],
  [null, ''],
  [undefined, ''],
  ['teks', 'teks'],
])('%j reads %s', (detail, words) => expect(detailWords(detail, time)).toBe(words));
