import type { Language } from '../../i18n/i18n.ts';
import type { MethodKey, MethodPart } from './method-keys.ts';
import { counting as countingEn } from './texts/counting.en.ts';
import { counting as countingId } from './texts/counting.id.ts';
import { maps as mapsEn } from './texts/maps.en.ts';
import { maps as mapsId } from './texts/maps.id.ts';
import { page as pageEn } from './texts/page.en.ts';
import { page as pageId } from './texts/page.id.ts';
import { tests as testsEn } from './texts/tests.en.ts';
import { tests as testsId } from './texts/tests.id.ts';

/** What an entry says in one language. */
export interface MethodText {
  title: string;
  /** What the figure says, in a sentence or three that need no statistics. */
  what: string;
  /** What the signs of the formula stand for. */
  where: readonly (readonly [sign: string, meaning: string])[];
  assumes: readonly string[];
  /** Whether its p asks in one direction or in both; empty where there is no p. */
  sided: string;
  /** When not to use it. */
  avoid: readonly string[];
  /** Names that it gives, and the rule of each. */
  rules?: readonly (readonly [name: string, rule: string])[];
}

/** Words of the page itself. */
export interface PageText {
  lead: string;
  formula: string;
  where: string;
  assumes: string;
  sided: string;
  avoid: string;
  rules: string;
  sources: string;
  link: string;
  parts: Record<MethodPart, string>;
}

const TEXTS: Record<Language, Record<MethodKey, MethodText>> = {
  id: { ...countingId, ...mapsId, ...testsId },
  en: { ...countingEn, ...mapsEn, ...testsEn },
};

/** The entry of a figure in a language. */
export const methodText = (key: MethodKey, language: Language): MethodText => TEXTS[language][key];

/** The page's own words in a language. */
export const pageText = (language: Language): PageText => (language === 'id' ? pageId : pageEn);
