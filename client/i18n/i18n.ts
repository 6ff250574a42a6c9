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
      effect: typeof import('../analysis/effect/words.id.ts').id;
      foresight: typeof import('../analysis/foresight/words.id.ts').id;
      job: import('../analysis/job/words.ts').JobWords;
      repeat: typeof import('../analysis/repeat/words.id.ts').id;
      brief: typeof import('../analysis/brief/words.id.ts').id;
      saved: typeof import('../analysis/saved/words.id.ts').id;
      warnings: typeof import('../analysis/warnings/words.id.ts').id;
      download: import('../components/download-words.ts').DownloadWords;
    };
  }
}

/** Sets the texts up, in this language first. Only Indonesian comes with the page; the other is fetched when wanted. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { id: { translation: id } },
    partialBundledLanguages: true,
    lng: 'id',
    fallbackLng: 'id',
    interpolation: { escapeValue: false },
  });
  await setLanguage(language);
}

/** Changes the language of the texts and of the document. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en.ts');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

type WordsOfParts = Exclude<keyof TypeOptions['resources'], 'translation'>;

/** Adds the words of a part of the page that is fetched when it is wanted, in both languages. */
export function addWords(part: WordsOfParts, words: Record<Language, object>): void {
  i18next.addResourceBundle('id', part, words.id);
  i18next.addResourceBundle('en', part, words.en);
}

/** Texts and the language they are in. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'id';
  return { t, language };
}
