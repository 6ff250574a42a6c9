import type { PlanBorders, PlanGround } from '../../shared/schemas/plan.ts';
import { bordersOf } from './borders.ts';
import type { Outline } from './edge-network.ts';
import type { GroundRow } from './ground.queries.ts';

/** What is told of a ground beside its outlines. */
export interface GroundFacts {
  version: string;
  rows: readonly GroundRow[];
  kecamatanName: Record<string, string>;
}

/** Characters of the code of a kecamatan. */
const KECAMATAN = 8;

/** The answers about a ground, by the outlines of its areas in their order. */
export function groundBodies(
  { version, rows, kecamatanName }: GroundFacts,
  outlines: readonly Outline[],
): { ground: PlanGround; borders: PlanBorders } {
  const { a, b, start, lon, lat, outlineM, neighbourStart, neighbour, borderM } = bordersOf(outlines);
  return {
    ground: {
      version,
      code: rows.map(({ code }) => code),
      name: rows.map(({ name }) => name),
      kecamatan: rows.map(({ code }) => kecamatanOf(code)),
      kecamatanName,
      lon: rows.map((row) => rounded(row.lon, 6)),
      lat: rows.map((row) => rounded(row.lat, 6)),
      areaM2: rows.map(({ areaM2 }) => Math.round(areaM2)),
      outlineM,
      start: neighbourStart,
      neighbour,
      borderM,
    },
    borders: { version, a, b, start, lon, lat },
  };
}

/** The kecamatan that an RW or a desa lies in. */
export function kecamatanOf(code: string): string {
  return code.slice(0, KECAMATAN);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
