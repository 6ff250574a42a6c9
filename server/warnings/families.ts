import { type Zone, zoneOf } from '../../shared/geo/zone.ts';
import { containsCode, type Scope, wholeAreas } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { listFamilies } from './counts.queries.ts';

/** A kabupaten or kota: what is judged together, in its own zone's days. */
export interface Family {
  readonly code: string;
  readonly zone: Zone;
}

/** Every family of the areas in force. */
export async function allFamilies(db: Db): Promise<Family[]> {
  return (await listFamilies(db)).map(({ code, lon }) => ({ code, zone: zoneOf(code, lon) }));
}

/** The families that a scope reaches into: those it contains, and those that contain one of its whole areas. */
export function familiesWithin(scope: Scope, families: readonly Family[]): Family[] {
  const whole = wholeAreas(scope);
  return families.filter(
    ({ code }) => containsCode(whole, code) || whole.codes.some((own) => own.startsWith(`${code}.`)),
  );
}

/** The family that an area belongs to: 52.71 of 52.71.01.1004. */
export function familyOf(code: string): string {
  return code.split('.').slice(0, 2).join('.');
}
