import { levelOfCode } from '../../../shared/area-code.ts';
import { dotKemendagri, readCode } from './codes.ts';
import { readDay } from './dates.ts';
import { type Draft, note } from './draft.ts';

/** The first and the last day on which an area is in force, ISO dates; `null` where unknown or without end. */
export interface Validity {
  validFrom: string | null;
  validTo: string | null;
}

/** An old code and one that took its place; the same old code may have several. */
export interface Succession {
  oldCode: string;
  newCode: string;
  since: string | null;
}

const ALWAYS: Validity = { validFrom: null, validTo: null };

/** Reads the days of a draft. What is no day, or ends before it begins, is left out and reported. */
export function readValidity(draft: Draft): Validity {
  const read = (what: 'validFrom' | 'validTo') => {
    const value = draft.fields[what];
    if (value === undefined) return null;
    const day = readDay(value);
    if (!day)
      note(draft, 'dated', `its ${what === 'validFrom' ? 'first' : 'last'} day "${value}" is no date and was left out`);
    return day ?? null;
  };
  const validity = { validFrom: read('validFrom'), validTo: read('validTo') };
  const { validFrom, validTo } = validity;
  if (validFrom && validTo && validTo < validFrom) {
    note(draft, 'dated', `it would end (${validTo}) before it begins (${validFrom}); both days were left out`);
    return ALWAYS;
  }
  return validity;
}

/** Why an area of these days is not in force on a day, or `undefined` when it is. */
export function notInForceOn(day: string, { validFrom, validTo }: Validity): string | undefined {
  if (validTo && validTo < day) return `its last day in force was ${validTo}`;
  if (validFrom && validFrom > day) return `it is in force only from ${validFrom}: import it again then`;
  return undefined;
}

/**
 * The old codes that a draft names, each with the draft's code as its successor since the draft's first day.
 * Unreadable ones are reported.
 */
export function readSuccessions(draft: Draft, { validFrom: since }: Validity): Succession[] {
  const newCode = draft.code;
  const { oldCode: value } = draft.fields;
  if (newCode === undefined || value === undefined) return [];
  const parts = typeof value === 'number' ? [value] : value.split(/[\s,;|]+/).filter(Boolean);
  return parts.flatMap((part) => {
    const reading = readCode(part);
    const oldCode =
      reading.kind === 'dotted' ? reading.code : reading.kind === 'digits' ? dotKemendagri(reading.digits) : undefined;
    if (!oldCode || levelOfCode(oldCode) !== levelOfCode(newCode)) {
      note(draft, 'recoded', `its old code "${part}" is not one of a ${levelOfCode(newCode)} and was left out`);
      return [];
    }
    return oldCode === newCode ? [] : [{ oldCode, newCode, since }];
  });
}
