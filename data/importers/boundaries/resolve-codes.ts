import { type AreaLevel, levelOfCode } from '../../../shared/area-code.ts';
import { bpsDigits, type CodeSystem, decideSystem, dotKemendagri, papuanProvince, readCode } from './codes.ts';
import { type Draft, note, refuse } from './draft.ts';
import type { RegisteredLevel } from './fields.ts';
import { type KnownAreas, nameDistance } from './known-areas.ts';

const BPS_LENGTH: Record<RegisteredLevel, number> = { provinsi: 2, kabkota: 4, kecamatan: 7, desa: 10 };

/**
 * Gives each draft its Kemendagri code, from its own code or, where it has only BPS's or none, by the areas in force.
 * What cannot be told is refused. The system of undotted codes is decided once for the whole file.
 */
export function resolveCodes(drafts: readonly Draft[], known: KnownAreas, level: AreaLevel | undefined): void {
  const system = systemOf(drafts, known);
  for (const draft of drafts) {
    if (draft.refused) continue;
    resolveCode(draft, system, known, level);
    if (draft.refused || !draft.code) continue;
    keepBps(draft, system);
    const found = levelOfCode(draft.code);
    if (level && found !== level) refuse(draft, `its code is that of a ${found}, and --level says ${level}`);
  }
}

/** Decides which register the undotted codes are of that stand in properties which do not tell. */
export function systemOf(drafts: readonly Draft[], known: KnownAreas): CodeSystem {
  const digits = [];
  const evidence = { kemendagriMatches: 0, bpsMatches: 0 };
  for (const { fields } of drafts) {
    if (fields.either === undefined || fields.kemendagri !== undefined) continue;
    const reading = readCode(fields.either);
    // Only Kemendagri writes dots: a file that has them anywhere below its provinces is theirs.
    if (reading.kind === 'dotted') return 'kemendagri';
    if (reading.kind !== 'digits') continue;
    digits.push(reading.digits);
    const name =
      fields.name ?? fields.names.desa ?? fields.names.kecamatan ?? fields.names.kabkota ?? fields.names.provinsi;
    if (!name) continue;
    const dotted = dotKemendagri(reading.digits);
    const ofBps = known.byBps(reading.digits);
    const isCalled = (called: string | undefined) => called !== undefined && nameDistance(name, called) === 0;
    if (isCalled(papuanProvince('kemendagri', reading.digits)) || (dotted && known.isCalled(dotted, name))) {
      evidence.kemendagriMatches++;
    } else if (isCalled(papuanProvince('bps', reading.digits)) || (ofBps && known.isCalled(ofBps.code, name))) {
      evidence.bpsMatches++;
    }
  }
  return digits.length === 0 ? 'undecided' : decideSystem(digits, evidence);
}

/** Sets the draft's code, or refuses it. */
function resolveCode(draft: Draft, system: CodeSystem, known: KnownAreas, level: AreaLevel | undefined): void {
  const { kemendagri, either, eitherField, bps } = draft.fields;
  const reading = kemendagri === undefined && either !== undefined ? readCode(either) : undefined;
  if (kemendagri !== undefined) takeKemendagri(draft, kemendagri);
  else if (either !== undefined && (reading?.kind !== 'digits' || system === 'kemendagri'))
    takeKemendagri(draft, either);
  else if (reading?.kind === 'digits' && system === 'bps') takeBps(draft, reading.digits, known, level);
  else if (bps !== undefined) takeBps(draft, bps, known, level);
  else if (reading?.kind === 'digits') {
    refuse(
      draft,
      `"${reading.digits}" may be a code of Kemendagri or of BPS, which number differently: say which with --map code=${eitherField} or --map bps=${eitherField}`,
    );
  } else takeByNames(draft, known, level, 'it has no code');
}

function takeKemendagri(draft: Draft, value: string | number): void {
  const reading = readCode(value);
  if (reading.kind === 'unreadable') refuse(draft, reading.reason);
  else if (reading.kind === 'dotted') {
    draft.code = reading.code;
    if (reading.repair) note(draft, 'recoded', reading.repair);
  } else {
    draft.code = dotKemendagri(reading.digits);
    if (draft.code) return;
    const bps = bpsDigits(reading.digits) ? '; it has the form of a BPS code, which --map bps=… names' : '';
    refuse(draft, `"${reading.digits}" is no Kemendagri code of 2, 4, 6 or 10 digits${bps}`);
  }
}

function takeBps(draft: Draft, value: string | number, known: KnownAreas, level: AreaLevel | undefined): void {
  const digits = bpsDigits(value);
  const area = digits ? known.byBps(digits) : undefined;
  if (area) {
    draft.code = area.code;
    note(draft, 'recoded', `BPS code ${digits} is ${area.code}, ${area.name}`);
  } else takeByNames(draft, known, level, `it has only a BPS code (${value}) that no area in force is known by`);
}

function takeByNames(draft: Draft, known: KnownAreas, wanted: AreaLevel | undefined, why: string): void {
  const { fields } = draft;
  const level = wanted ?? fields.level ?? narrowest(draft);
  const remedy = 'name the property of its code with --map code=…';
  if (!level || level === 'rw') {
    refuse(draft, `${why}, and nothing tells its level: ${remedy}`);
    return;
  }
  const names = { ...fields.names };
  const own = fields.name ?? names[level];
  if (own) names[level] = own;
  const match = known.byNames(level, names);
  if (match.area) {
    draft.code = match.area.code;
    note(draft, 'matched', `by ${match.how} to ${match.area.code}, ${match.area.name}: ${why}`);
  } else refuse(draft, `${why}, and ${match.reason}: ${remedy}`, 'unmatched');
}

function narrowest({ fields }: Draft): RegisteredLevel | undefined {
  return (['desa', 'kecamatan', 'kabkota', 'provinsi'] as const).find((level) => fields.names[level] !== undefined);
}

/** Keeps the BPS code where its length is that of the area's level. */
function keepBps(draft: Draft, system: CodeSystem): void {
  const level = levelOfCode(draft.code ?? '');
  const { bps, either } = draft.fields;
  const value = bps ?? (system === 'bps' ? either : undefined);
  if (value === undefined || !level || level === 'rw') return;
  const digits = bpsDigits(value);
  if (digits?.length === BPS_LENGTH[level]) draft.bpsCode = digits;
  else note(draft, 'recoded', `its BPS code ${value} is not one of a ${level} and was left out`);
}
