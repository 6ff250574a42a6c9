import i18next from 'i18next';
import { beforeEach, expect, test, vi } from 'vitest';
import { addEarlyWords, setLanguage, startI18n } from '../../../../client/i18n/i18n.ts';

const ID = { role: { viewer: 'Pemantau' } };
const EN = { role: { viewer: 'Viewer' } };
const said = () => i18next.t('role.viewer', { ns: 'access' });

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await startI18n('id');
  i18next.removeResourceBundle('en', 'access');
});

test('English words of a part are fetched when the page turns to English, not before', async () => {
  const english = vi.fn(async () => EN);
  await addEarlyWords('access', ID, english);
  expect([said(), english.mock.calls.length]).toEqual(['Pemantau', 0]);
  await setLanguage('en');
  expect([said(), document.documentElement.lang]).toEqual(['Viewer', 'en']);
  await setLanguage('id');
  await setLanguage('en');
  expect(english).toHaveBeenCalledTimes(1);
});

test('a part that comes to an English page waits for its English words', async () => {
  await setLanguage('en');
  await addEarlyWords('access', ID, async () => EN);
  expect(said()).toBe('Viewer');
});

test('where English words cannot be had, the part speaks Indonesian until the language is chosen anew', async () => {
  await setLanguage('en');
  const english = vi.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(EN);
  await addEarlyWords('access', ID, english);
  expect(said()).toBe('Pemantau');
  await setLanguage('en');
  expect(said()).toBe('Viewer');
});

test('a change to English that fails says so and leaves the texts as they are', async () => {
  await addEarlyWords('access', ID, async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(setLanguage('en')).rejects.toThrow('Failed to fetch');
  expect([said(), document.documentElement.lang]).toEqual(['Pemantau', 'id']);
});
