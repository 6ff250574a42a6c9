import { levelOfCode } from '../../../shared/schemas/area.ts';

/** A code as a file gives it, read but not yet believed. */
export type CodeReading =
  /** A dotted Kemendagri code, perhaps with lost zeros put back (`repair` says how). */
  | { kind: 'dotted'; code: string; repair: string | undefined }
  /** Digits without dots: of Kemendagri, of BPS, or of neither. */
  | { kind: 'digits'; digits: string }
  | { kind: 'unreadable'; reason: string };

/**
 * Reads one code. Numbers are codes that a table turned into numbers: 61.12 is `61.12`, 61.1 was `61.10`.
 * Codes of OCHA's tables (`ID3506`) lose their country.
 */
export function readCode(value: string | number): CodeReading {
  const text = String(value)
    .trim()
    .replace(/^ID(?=\d)/i, '');
  if (/^\d+$/.test(text)) return { kind: 'digits', digits: text };
  if (levelOfCode(text)) return { kind: 'dotted', code: text, repair: undefined };
  const parts = text.split('.');
  if (!parts.every((part) => /^\d+$/.test(part)) || parts.length > 4) {
    return { kind: 'unreadable', reason: `"${text}" is no area code; expected the form 52.71.01.1004` };
  }
  const [province = '', regency = ''] = parts;
  if (parts.length === 2 && province.length === 2 && regency.length === 1) {
    if (typeof value === 'number') return dotted(`${text}0`, `${text}, a number, lost its last zero`);
    return {
      kind: 'unreadable',
      reason: `"${text}" lost a zero: it may be ${province}.0${regency} or ${province}.${regency}0; correct it in the file`,
    };
  }
  const padded = parts.map((part, i) => part.padStart(i === 3 ? 4 : 2, '0')).join('.');
  return levelOfCode(padded) && !/\.0000$|\.00(\.|$)/.test(padded)
    ? dotted(padded, `"${text}" lost its leading zeros`)
    : { kind: 'unreadable', reason: `"${text}" is no area code; expected the form 52.71.01.1004` };
}

function dotted(code: string, repair: string): CodeReading {
  return { kind: 'dotted', code, repair };
}

/** The dotted form of undotted Kemendagri digits (2, 4, 6 or 10 of them), or `undefined`. A desa's own number begins with 1, 2 or 3. */
export function dotKemendagri(digits: string): string | undefined {
  if (![2, 4, 6, 10].includes(digits.length)) return undefined;
  if (digits.length === 10 && !/[123]/.test(digits[6] ?? '')) return undefined;
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)].filter(Boolean).join('.');
}

/** Digits of a BPS code: 2, 4, 7 or 10; those of a block (SLS, 14 or 16) are cut to their desa. */
export function bpsDigits(value: string | number): string | undefined {
  const text = String(value)
    .trim()
    .replace(/^ID(?=\d)/i, '')
    .replaceAll('.', '');
  if (/^\d{14}(\d\d)?$/.test(text)) return text.slice(0, 10);
  return /^(\d{2}|\d{4}|\d{7}|\d{10})$/.test(text) ? text : undefined;
}

export type CodeSystem = 'kemendagri' | 'bps' | 'undecided';

/** What is known of the areas in force, as far as deciding between the two systems needs it. */
export interface CodeEvidence {
  /** How many of the file's features are an area in force of the same code and name, read as each system's code. */
  kemendagriMatches: number;
  bpsMatches: number;
}

/**
 * Decides which register a file's undotted codes are of. Lengths decide where they can (6 digits only Kemendagri has, 7 or
 * 14 only BPS); a tenth-digit desa code whose seventh digit is 0 cannot be Kemendagri's; else the areas in force decide,
 * by more than four in five; else it stays undecided. Both give the same two digits to provinces outside Papua (9x).
 */
export function decideSystem(digits: readonly string[], evidence: CodeEvidence): CodeSystem {
  const lengths = new Set(digits.map((text) => text.length));
  const bps =
    lengths.has(7) ||
    lengths.has(14) ||
    lengths.has(16) ||
    digits.some((text) => text.length === 10 && text[6] === '0');
  const kemendagri = lengths.has(6);
  if (bps !== kemendagri) return bps ? 'bps' : 'kemendagri';
  if (bps && kemendagri) return 'undecided';
  const { kemendagriMatches, bpsMatches } = evidence;
  const decided = kemendagriMatches + bpsMatches;
  if (decided > 0 && kemendagriMatches > decided * 0.8) return 'kemendagri';
  if (decided > 0 && bpsMatches > decided * 0.8) return 'bps';
  if (digits.every((text) => text.length === 2 && !text.startsWith('9'))) return 'kemendagri';
  // BPS numbers kecamatan in tens (010, 020 …): a file of many desa with no zero there is none of theirs.
  const districts = new Set(digits.filter((text) => text.length === 10).map((text) => text.slice(0, 7)));
  return districts.size >= 8 && digits.every((text) => dotKemendagri(text)) ? 'kemendagri' : 'undecided';
}
