import { PASSWORD_LENGTH } from '../../shared/schemas/access.ts';
import { COMMON_WORDS } from './common-passwords.ts';

/** Rows that fingers run along. */
const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
];
const COMMON = new Set(COMMON_WORDS);
const LONGEST = Math.max(...COMMON_WORDS.map((word) => word.length));
/** Fewest characters that must be left when common words are taken out. */
const OWN_CHARACTERS = 6;

/**
 * Why a password is not taken, as the rest of a sentence that begins with its field; `undefined`: it is taken.
 * Length, and nothing that is guessed first; no rule about kinds of characters.
 */
export function passwordProblem(password: string, username: string, displayName = ''): string | undefined {
  if ([...password].length < PASSWORD_LENGTH) {
    return `is shorter than ${PASSWORD_LENGTH} characters; use a sentence, or some words that nobody would put together`;
  }
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 5)
    return 'repeats a few characters; use a sentence, or some words that nobody would put together';
  const personal = [username, ...username.split(/[._@-]+/), ...displayName.split(/\s+/)]
    .map((part) => part.toLowerCase())
    .filter((part) => part.length >= 4);
  if (ownCharacters(plain, personal) < OWN_CHARACTERS) {
    return personal.some((part) => unspell(plain).includes(unspell(part)))
      ? 'is hardly more than the name of its account; choose another'
      : 'is one of those that are guessed first; use a sentence, or some words that nobody would put together';
  }
  return undefined;
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
};

/** Text with digits and signs that stand for letters read as those letters, where letters are around them. */
function unspell(text: string): string {
  return text.replace(/(?<=[a-z])[@4310$57](?=[a-z])/g, (sign) => LOOKALIKES[sign] ?? sign);
}

/** How many letters are left without common words, names, rows of keys, digits and signs; digits count for half. */
function ownCharacters(text: string, personal: string[]): number {
  let named = text;
  for (const part of personal) named = named.replaceAll(part, ' ');
  let spelled = unspell(named);
  for (const part of personal) spelled = spelled.replaceAll(unspell(part), ' ');
  const runs = (all: string) => all.replace(/[a-z0-9]+/g, withoutRuns);
  const words = (all: string) => all.replace(/[a-z]+/g, withoutWords);
  // A row of keys may run through the middle of a word, and a word end where a row begins.
  return Math.min(...[words(unspell(runs(named))), runs(words(spelled)), words(runs(spelled))].map(weight));
}

function weight(text: string): number {
  const letters = text.replace(/[\s\d\p{P}\p{S}]/gu, '').length;
  return letters + text.replace(/\D/g, '').length / 2;
}

/** Takes out runs of four and more along a row, in either direction, and a character said four times. */
function withoutRuns(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    let length = 4;
    while (at + length <= text.length && isRun(text.slice(at, at + length))) length++;
    if (length > 4) {
      at += length - 1;
      rest += ' ';
    } else rest += text[at++];
  }
  return rest;
}

function isRun(part: string): boolean {
  const backwards = [...part].reverse().join('');
  return new Set(part).size === 1 || ROWS.some((row) => row.includes(part) || row.includes(backwards));
}

/** Takes out common words where they cover letters without a gap from the left, the longest first. */
function withoutWords(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    let length = Math.min(LONGEST, text.length - at);
    while (length >= 3 && !COMMON.has(text.slice(at, at + length))) length--;
    if (length >= 3) at += length;
    else rest += text[at++];
  }
  return rest;
}
