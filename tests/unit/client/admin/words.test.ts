import { expect, test } from 'vitest';
import { en as accessEn } from '../../../../client/access/words.en.ts';
import { id as accessId } from '../../../../client/access/words.id.ts';
import { en as adminEn } from '../../../../client/admin/words.en.ts';
import { id as adminId } from '../../../../client/admin/words.id.ts';
import { en as briefEn } from '../../../../client/analysis/brief/words.en.ts';
import { id as briefId } from '../../../../client/analysis/brief/words.id.ts';
import { en as effectEn } from '../../../../client/analysis/effect/words.en.ts';
import { id as effectId } from '../../../../client/analysis/effect/words.id.ts';
import { en as foresightEn } from '../../../../client/analysis/foresight/words.en.ts';
import { id as foresightId } from '../../../../client/analysis/foresight/words.id.ts';
import { en as repeatEn } from '../../../../client/analysis/repeat/words.en.ts';
import { id as repeatId } from '../../../../client/analysis/repeat/words.id.ts';
import { en as savedEn } from '../../../../client/analysis/saved/words.en.ts';
import { id as savedId } from '../../../../client/analysis/saved/words.id.ts';
import { en as analysisEn } from '../../../../client/analysis/words.en.ts';
import { id as analysisId } from '../../../../client/analysis/words.id.ts';

/** Every text by its path. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : texts(value, `${path}${name}.`),
  );
}
const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();

test.each([
  ['access', accessId, accessEn],
  ['admin', adminId, adminEn],
  ['analysis', analysisId, analysisEn],
  ['effect', effectId, effectEn],
  ['foresight', foresightId, foresightEn],
  ['repeat', repeatId, repeatEn],
  ['saved', savedId, savedEn],
  ['brief', briefId, briefEn],
])('the %s texts have the same keys and the same blanks in both languages, and none is empty', (_, id, en) => {
  const english = new Map(texts(en));
  expect([...english.keys()].sort()).toEqual(
    texts(id)
      .map(([path]) => path)
      .sort(),
  );
  for (const [path, text] of texts(id)) {
    expect(text.trim(), path).not.toBe('');
    expect(blanks(english.get(path) ?? ''), path).toEqual(blanks(text));
  }
});

test('words that would be wrong or odd are not used', () => {
  const all = [
    ...texts(accessId),
    ...texts(adminId),
    ...texts(analysisId),
    ...texts(effectId),
    ...texts(foresightId),
    ...texts(repeatId),
  ]
    .map(([, text]) => text)
    .join('\n');
  expect(all).not.toMatch(/yurisdiksi|\bbasi\b|titik panas|nama panggilan|Siaga 1/i);
});
