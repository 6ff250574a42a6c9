import i18next, { type TypeOptions } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { id } from './id.ts';

export type Language = 'id' | 'en';

/** The same keys with texts of another language. */
export type Messages<T = typeof id> = { readonly [K in keyof T]: T[K] extends string ? string : Messages<T[K]> };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof id;
      access: typeof import('../access/words.id.ts').id;
      admin: typeof import('../admin/words.id.ts').id;
      analysis: typeof import('../analysis/words.id.ts').id;
      planning: typeof import('../planning/words.id.ts').id;
      effect: typeof import('../analysis/effect/words.id.ts').id;
      foresight: typeof import('../analysis/foresight/words.id.ts').id;
      job: import('../analysis/job/words.ts').JobWords;
      repeat: typeof import('../analysis/repeat/words.id.ts').id;
      brief: typeof import('../analysis/brief/words.id.ts').id;
      saved: typeof import('../analysis/saved/words.id.ts').id;
      calendars: typeof import('../analysis/calendars/words.id.ts').id;
      warnings: typeof import('../analysis/warnings/words.id.ts').id;
      data: import('../access/data-words.ts').DataWords;
      'break-glass': import('../access/break-glass-words.ts').BreakGlassWords;
      'no-map': import('../no-map/words.ts').NoMapWords;
      download: import('../components/download-words.ts').DownloadWords;
    };
  }
}

/** Sets the texts up, in this language first. Only Indonesian comes with the page; the other is fetched when wanted. */
export async function startI18n(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      resources: { id: { translation: id } },
      partialBundledLanguages: true,
      lng: 'id',
      fallbackLng: 'id',
      interpolation: { escapeValue: false },
    });
  }
  await setLanguage(language);
}

/** Changes the language of the texts and of the document. Rejects when texts of that language cannot be fetched. */
export async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  if (language === 'en') {
    if (!i18next.hasResourceBundle('en', 'translation')) {
      const { en } = await import('./en.ts');
      i18next.addResourceBundle('en', 'translation', en);
    }
    await Promise.all([...unfetched.keys()].map(fetchEnglish));
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

type WordsOfParts = Exclude<keyof TypeOptions['resources'], 'translation'>;

/** The language that the page is in, or that it is changing to. */
let wanted: Language = 'id';
/** English words that nobody wanted so far, by part. */
const unfetched = new Map<WordsOfParts, () => Promise<object>>();

/** Adds the words of a part of the page that is fetched when it is wanted, in both languages. */
export function addWords(part: WordsOfParts, words: Record<Language, object>): void {
  i18next.addResourceBundle('id', part, words.id);
  i18next.addResourceBundle('en', part, words.en);
}

/**
 * As {@link addWords} for words that most pages begin with: the English ones are fetched when wanted, which is now where the
 * page is in English. Where they cannot be had, the part speaks Indonesian until the language is chosen anew.
 */
export async function addEarlyWords(part: WordsOfParts, id: object, english: () => Promise<object>): Promise<void> {
  i18next.addResourceBundle('id', part, id);
  unfetched.set(part, english);
  if (wanted === 'en') await fetchEnglish(part).catch(() => undefined);
}

async function fetchEnglish(part: WordsOfParts): Promise<void> {
  const words = await unfetched.get(part)?.();
  if (words) i18next.addResourceBundle('en', part, words);
  unfetched.delete(part);
}

/** Texts and the language they are in. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'id';
  return { t, language };
}
