import { uuidv7 } from 'uuidv7';
import type { Db } from '../../server/database/connection.ts';
import type { Move, NewPlan, PlanEdit, Zone } from '../../shared/schemas/plan.ts';
import { box, putAreas, type TestArea } from './areas.ts';

/** The code of an RW of a town's only desa, from 1. */
export const rwOf = (town: string, number: number): string => `${town}.01.1001.RW${String(number).padStart(3, '0')}`;

/** Degrees that an RW of {@link putWards} is wide and high. */
export const WARD = 0.02;

/** Puts a kecamatan and a desa of `side` × `side` square RW into a town, row by row from its south-west at `lon`, `lat`. */
export async function putWards(db: Db, town: string, lon: number, lat: number, side = 4): Promise<void> {
  // The corner of neighbours is one number.
  const lons = Array.from({ length: side + 1 }, (_, column) => lon + column * WARD);
  const lats = Array.from({ length: side + 1 }, (_, row) => lat + row * WARD);
  const wards: TestArea[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [west = 0, east = 0] = lons.slice(column, column + 2);
      const [south = 0, north = 0] = lats.slice(row, row + 2);
      const number = row * side + column + 1;
      wards.push(box(rwOf(town, number), `RW ${number}`, [west, south, east, north]));
    }
  }
  const whole: [number, number, number, number] = [lon, lat, lons[side] ?? 0, lats[side] ?? 0];
  await putAreas(db, [
    box(`${town}.01`, `Kecamatan ${town}`, whole),
    box(`${town}.01.1001`, `Desa ${town}`, whole),
    ...wards,
  ]);
}

/** A plan to be made. */
export function newPlan(changes: Partial<NewPlan> = {}): NewPlan {
  return { id: uuidv7(), title: 'Rencana', level: 'rw', areas: ['52.71'], ...changes };
}

/** A zone of these RW of 52.71. */
export function zoneOf(numbers: readonly number[], changes: Partial<Zone> = {}): Zone {
  const codes = numbers.map((number) => rwOf('52.71', number)).sort();
  return { id: uuidv7(), name: 'Zona', colour: 0, locked: false, codes, ...changes };
}

/** The edit that makes a zone at the beginning of the list. */
export const adding = (zone: Zone): PlanEdit => [{ kind: 'add', zone, at: 0 }];

/** The edit that moves RW of 52.71 between zones. */
export function moving(from: Zone | null, to: Zone | null, numbers: readonly number[]): PlanEdit {
  const move: Move = {
    from: from?.id ?? null,
    to: to?.id ?? null,
    codes: numbers.map((number) => rwOf('52.71', number)),
  };
  return [{ kind: 'assign', moves: [move] }];
}
