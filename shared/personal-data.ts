/** Kinds of personal data a free text may hold by mistake. */
export const PERSONAL_DATA_KINDS = ['nik', 'phone', 'email', 'handle', 'url', 'plate'] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

const PATTERNS: Record<PersonalDataKind, RegExp> = {
  /** 16 digits, also in groups: `5271 0101 0190 0001`. */
  nik: /(?<![\d.])\d(?:[ .-]?\d){15}(?![ .-]?\d)/,
  /** Mobile and landline: `0812-3456-7890`, `+62 812 3456 7890`, `(0370) 623456`. */
  phone: /(?<![\d.,])(?:(?:\+?62|0)[ .-]?8\d{1,2}(?:[ .-]?\d{3,4}){2}\d?|\(?0\d{2,3}\)?[ -]\d{6,8})(?![ .-]?\d)/,
  email: /[\w.+-]+@[\w-]+\.\w{2,}/,
  handle: /(?<![\w.])@[a-z][\w.]{2,}/i,
  url: /\b(?:https?:\/\/|www\.)\S+/i,
  /** Vehicle plates: `DR 1234 AB`. */
  plate: /\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b/,
};

/** What looks like personal data in the text, so that the writer can be warned; nothing is refused. */
export function findPersonalData(text: string): PersonalDataKind[] {
  return PERSONAL_DATA_KINDS.filter((kind) => PATTERNS[kind].test(text));
}
