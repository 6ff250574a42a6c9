import i18next from 'i18next';
import { beforeAll, expect, test, vi } from 'vitest';
import { addWords, type Language, startI18n } from '../../../../client/i18n/i18n.ts';

const LANGUAGES: Language[] = ['id', 'en'];

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await startI18n('id');
  for (const part of ['brief', 'foresight', 'warnings'] as const) {
    const [{ id }, { en }] = await Promise.all([
      import(`../../../../client/analysis/${part}/words.id.ts`),
      import(`../../../../client/analysis/${part}/words.en.ts`),
    ]);
    addWords(part, { id, en });
  }
});

test('one week is one week', () => {
  const weeks = (language: Language, count: number) => i18next.getFixedT(language, 'warnings')('weeks', { count });
  expect([weeks('en', 1), weeks('en', 2)]).toEqual(['1 week', '2 weeks']);
  expect([weeks('id', 1), weeks('id', 2)]).toEqual(['1 pekan', '2 pekan']);
});

test.each(LANGUAGES)('no p is told as the chance that chance was at work (%s)', (language) => {
  const brief = i18next.getFixedT(language, 'brief');
  const sure = (['very', 'strong', 'fair', 'hint', 'not'] as const).map((degree) =>
    brief(`sure.${degree}`, { p: '0' }),
  );
  const verdict = i18next.getFixedT(language, 'foresight')('verdictBetter', { map: 1, naive: 1, events: 1, p: '0' });
  for (const words of [...sure, verdict])
    expect(words).not.toMatch(
      /impossible|hardly|probably|is not chance|mustahil|kemungkinannya|mungkin bukan|bukan kebetulan/,
    );
});

test.each(LANGUAGES)('what a warning’s p is of is told by rule (%s)', (language) => {
  const t = i18next.getFixedT(language, 'warnings');
  const [farrington, bayes, ewma] = (['farrington', 'bayes', 'ewma'] as const).map((rule) => t(`sureHint.${rule}`));
  expect(farrington).toContain('7');
  expect(bayes).toBe(farrington);
  expect(ewma).not.toContain('7');
});
