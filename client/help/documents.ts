import type { Language } from '../i18n/i18n.ts';
import { documents as en } from './documents.en.ts';
import { documents as id } from './documents.id.ts';

/** One line of a form: what to write or do, and what is known of Ronda already. */
export interface HelpItem {
  label: string;
  known?: string;
}

/** A form that the law asks of whoever runs the map. */
export interface HelpDocument {
  key: 'impact' | 'breach';
  title: string;
  lead: string;
  /** Whether its items are ticked off one by one. */
  checklist: boolean;
  parts: { title: string; items: HelpItem[] }[];
}

/** The forms in a language. */
export function documentsIn(language: Language): HelpDocument[] {
  return language === 'id' ? id : en;
}

/** A form as plain text (Markdown), to be filled in elsewhere. */
export function asText({ title, lead, checklist, parts }: HelpDocument): string {
  const item = ({ label, known }: HelpItem) =>
    checklist ? `- [ ] ${label}${known ? `\n      ${known}` : ''}` : `- ${label}\n  ${known ?? '…'}`;
  const sections = parts.map((part) => `## ${part.title}\n\n${part.items.map(item).join('\n')}`);
  return [`# ${title}`, lead, ...sections].join('\n\n').concat('\n');
}
