import type { Db } from '../../../server/database/connection.ts';
import { levelOfCode, parentOfCode } from '../../../shared/area-code.ts';
import { Pace } from '../pacing.ts';
import { bpsDigits, type CodeSystem, dotKemendagri, readCode } from './codes.ts';
import { type Draft, note, refuse } from './draft.ts';
import type { KnownAreas } from './known-areas.ts';
import { labelPoint } from './prepared.ts';
import { desaAround } from './queries.ts';
import { systemOf } from './resolve-codes.ts';
import { wardCode } from './written-names.ts';

/**
 * Gives each RW its code: its desa's or kelurahan's with its own number. The desa comes from the RW's code where it has
 * one, else from the names (kabupaten, kecamatan, kelurahan), else from the place of its middle; the report says which.
 */
export async function resolveWards(db: Db, drafts: readonly Draft[], known: KnownAreas): Promise<void> {
  const system = systemOf(drafts, known);
  const places = await desaOfMiddles(db, drafts);
  for (const draft of drafts) {
    if (draft.refused) continue;
    const own = ownCode(draft, system, known);
    if (own && levelOfCode(own) === 'rw') {
      draft.code = own;
      continue;
    }
    const written = draft.fields.ward ?? draft.fields.name;
    const ward = written ? wardCode(written) : undefined;
    if (!ward) {
      refuse(draft, written ? `"${written}" names no RW number` : 'it has no RW number');
      continue;
    }
    const place = places.get(draft);
    const match = known.byNames('desa', draft.fields.names);
    const named = own ?? match.area?.code;
    const desa = named ?? place;
    if (!desa) {
      const reason = match.area ? '' : `${match.reason}, and `;
      refuse(draft, `${reason}no desa or kelurahan in force is at its place: import those first`, 'unmatched');
      continue;
    }
    draft.code = `${desa}.${ward}`;
    const elsewhere = named && place && place !== named ? `; by place it would be ${place}` : '';
    const called = `${desa}, ${known.byCode(desa)?.name ?? 'not in force yet'}`;
    if (own) note(draft, 'matched', `by code to ${called}${elsewhere}`);
    else if (match.area) note(draft, 'matched', `by ${match.how} to ${called}${elsewhere}`);
    else note(draft, 'matched', `by place to ${called}: ${match.reason}`);
  }
}

/** The Kemendagri code that an RW carries, its own or its desa's. */
function ownCode({ fields }: Draft, system: CodeSystem, known: KnownAreas): string | undefined {
  const value = fields.kemendagri ?? fields.either;
  if (value !== undefined) {
    const text = String(value).trim().toUpperCase();
    if (levelOfCode(text) === 'rw' && parentOfCode(text)) return text;
    const reading = readCode(value);
    if (reading.kind === 'dotted' && levelOfCode(reading.code) === 'desa') return reading.code;
    const isKemendagri = fields.kemendagri !== undefined || system === 'kemendagri';
    if (reading.kind === 'digits' && reading.digits.length === 10 && isKemendagri) return dotKemendagri(reading.digits);
  }
  const bps = fields.bps ?? (system === 'bps' ? fields.either : undefined);
  const digits = bps === undefined ? undefined : bpsDigits(bps);
  return digits ? known.byBps(digits)?.code : undefined;
}

async function desaOfMiddles(db: Db, drafts: readonly Draft[]): Promise<Map<Draft, string>> {
  const found = new Map<Draft, string>();
  const standing = drafts.filter((draft) => !draft.refused);
  const pace = new Pace(10, 500);
  for (let from = 0; from < standing.length; ) {
    const part = standing.slice(from, from + Math.ceil(pace.size));
    const points = part.map((draft) => labelPoint(draft.polygons));
    const codes = await pace.run(part.length, () => desaAround(db, points));
    part.forEach((draft, i) => {
      const code = codes[i];
      if (code) found.set(draft, code);
    });
    from += part.length;
  }
  return found;
}
