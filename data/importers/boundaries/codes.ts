import { levelOfCode } from '../../../shared/area-code.ts';

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
  if (isAreaCode(text)) return { kind: 'dotted', code: text, repair: undefined };
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
  return isAreaCode(padded)
    ? dotted(padded, `"${text}" lost its leading zeros`)
    : { kind: 'unreadable', reason: `"${text}" is no area code; expected the form 52.71.01.1004` };
}

/** Whether text is a dotted code with no part that is only zeros, which no register gives out. */
function isAreaCode(text: string): boolean {
  return levelOfCode(text) !== undefined && !/\.0+(\.|$)/.test(text);
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

/** How often a file's features, read as each system's code, have the name that the code has there. */
export interface CodeEvidence {
  kemendagriMatches: number;
  bpsMatches: number;
}

/** The provinces that the two registers number differently. */
const PAPUA = {
  kemendagri: {
    91: 'Papua',
    92: 'Papua Barat',
    93: 'Papua Selatan',
    94: 'Papua Tengah',
    95: 'Papua Pegunungan',
    96: 'Papua Barat Daya',
  },
  bps: {
    91: 'Papua Barat',
    92: 'Papua Barat Daya',
    94: 'Papua',
    95: 'Papua Selatan',
    96: 'Papua Tengah',
    97: 'Papua Pegunungan',
  },
} satisfies Record<'kemendagri' | 'bps', Record<number, string>>;

/** The name that a register gives to a two-digit code of Papua's provinces. */
export function papuanProvince(system: 'kemendagri' | 'bps', digits: string): string | undefined {
  const names: Record<string, string> = PAPUA[system];
  return names[digits];
}

/**
 * Decides which register a file's undotted codes are of. Lengths decide where they can (6 digits only Kemendagri has, 7 or
 * 14 only BPS; a desa code whose seventh digit is 0 is none of Kemendagri's); else the names decide, by more than four in
 * five; else it stays undecided. Provinces outside Papua (9x) have the same two digits in both.
 */
export function decideSystem(digits: readonly string[], evidence: CodeEvidence): CodeSystem {
  const lengths = new Set(digits.map((text) => text.length));
  const isBps =
    [7, 14, 16].some((length) => lengths.has(length)) || digits.some((text) => text.length === 10 && text[6] === '0');
  const isKemendagri = lengths.has(6);
  if (isBps && isKemendagri) return 'undecided';
  if (isBps) return 'bps';
  if (isKemendagri) return 'kemendagri';
  const { kemendagriMatches, bpsMatches } = evidence;
  const told = kemendagriMatches + bpsMatches;
  if (told > 0 && kemendagriMatches > told * 0.8) return 'kemendagri';
  if (told > 0 && bpsMatches > told * 0.8) return 'bps';
  if (digits.every((text) => text.length === 2 && !text.startsWith('9'))) return 'kemendagri';
  // BPS numbers kecamatan in tens (010, 020 …): a file of many desa with no zero there is none of theirs.
  const districts = new Set(digits.filter((text) => text.length === 10).map((text) => text.slice(0, 7)));
  return districts.size >= 8 && digits.every((text) => dotKemendagri(text)) ? 'kemendagri' : 'undecided';
}
