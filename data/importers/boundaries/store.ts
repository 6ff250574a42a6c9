import type { Db } from '../../../server/database/connection.ts';
import { BAND_COUNT } from '../../../shared/geo/bands.ts';
import { isGone, thisOwner } from '../owner.ts';
import { Pace } from '../pacing.ts';
import { encodeMultiPolygon, encodePoint } from '../wkb.ts';
import { today } from './dates.ts';
import { contentHash, deriveArea, type PreparedArea } from './prepared.ts';
import {
  areaIds,
  beat,
  beginImport,
  currentHashes,
  forgetImport,
  publishImport,
  removeStaged,
  removeSuperseded,
  type StagedArea,
  stageAreas,
  unpublishedImports,
} from './queries.ts';
import { type Shapes, simplifiedShapes } from './shapes.ts';
import { type AreaChanges, knowsSuccessions, publishChanges } from './succession.ts';

export interface StoreOptions {
  /** Name of the file, for people. */
  fileName: string;
  /** Where the boundaries come from, with licence: shown beside them. */
  source: string;
  /** What the import found, kept with it. */
  report?: unknown;
  /** What it says of other areas, published with the areas. */
  changes?: AreaChanges;
  /** Called as areas are written. */
  onProgress?: (done: number, total: number) => void;
}

export interface StoreReport {
  /** `unchanged`: every area was in force already with just this content; nothing was written. */
  outcome: 'published' | 'unchanged';
  areas: number;
  /** Version of topic `areas` that put them in force. */
  version: number | undefined;
  /** How long the transaction that switches took, and the slowest that writes, milliseconds. */
  switchMs: number;
  slowestBatchMs: number;
}

const NO_CHANGES: AreaChanges = { ended: [], successions: [] };
const BEAT_MS = 5_000;

/**
 * Stores areas so that all or none of them become visible: writes them with their shapes in short batches that nobody
 * sees, then switches. Areas of the same codes that were in force before are replaced; others stay, but for those that
 * `changes` ends. Safe beside a
 * running server and beside other imports; what a killed one left behind is removed first.
 */
export async function storeAreas(db: Db, areas: readonly PreparedArea[], options: StoreOptions): Promise<StoreReport> {
  await removeRemains(db);
  const { changes = NO_CHANGES } = options;
  if (await isInForce(db, areas, options.source)) {
    if (changes.ended.length > 0 || !(await knowsSuccessions(db, changes.successions))) {
      const begin = performance.now();
      const version = await publishChanges(db, changes);
      return { outcome: 'published', areas: 0, version, switchMs: performance.now() - begin, slowestBatchMs: 0 };
    }
    return { outcome: 'unchanged', areas: areas.length, version: undefined, switchMs: 0, slowestBatchMs: 0 };
  }
  const importId = await beginImport(db, options.fileName, options.source, thisOwner(), options.report ?? null);
  try {
    const slowestBatchMs = await stage(db, importId, areas, options);
    const begin = performance.now();
    const version = await publishImport(db, importId, areas.length, changes);
    const switchMs = performance.now() - begin;
    await clearSuperseded(db);
    return { outcome: 'published', areas: areas.length, version, switchMs, slowestBatchMs };
  } catch (error) {
    await discard(db, importId).catch(() => {});
    throw error;
  }
}

async function isInForce(db: Db, areas: readonly PreparedArea[], source: string): Promise<boolean> {
  const step = 500;
  for (let from = 0; from < areas.length; from += step) {
    const part = areas.slice(from, from + step);
    const hashes = await currentHashes(
      db,
      part.map((area) => area.code),
    );
    for (const area of part) {
      const known = hashes.get(area.code);
      if (!known || known !== contentHash(area, source, encodeMultiPolygon(area.geometry))) return false;
    }
  }
  return true;
}

async function stage(
  db: Db,
  importId: number,
  areas: readonly PreparedArea[],
  { source, onProgress = () => {} }: StoreOptions,
): Promise<number> {
  const shapes = simplifiedShapes(areas.map((area) => area.geometry));
  const pace = new Pace(64 * 1024, 400 * 1024);
  let beaten = Date.now();
  let batch: StagedArea[] = [];
  let bytes = 0;
  let done = 0;
  const write = async () => {
    await pace.run(bytes, () => stageAreas(db, importId, batch));
    done += batch.length;
    batch = [];
    bytes = 0;
    onProgress(done, areas.length);
    if (Date.now() - beaten > BEAT_MS) {
      await beat(db, importId);
      beaten = Date.now();
    }
  };
  for (const [index, area] of areas.entries()) {
    const staged = stagedArea(area, index, shapes, source);
    const size = sizeOf(staged);
    if (batch.length > 0 && bytes + size > pace.size) await write();
    batch.push(staged);
    bytes += size;
  }
  if (batch.length > 0) await write();
  return pace.slowestMs;
}

function stagedArea(area: PreparedArea, index: number, shapes: Shapes, source: string): StagedArea {
  const { geometry, ...properties } = area;
  const wkb = encodeMultiPolygon(geometry);
  const derived = deriveArea(area);
  return {
    ...properties,
    geometry: wkb,
    labelPoint: encodePoint(...derived.labelPoint),
    areaM2: derived.areaM2,
    searchKey: derived.searchKey,
    contentHash: contentHash(area, source, wkb),
    shapes: Array.from({ length: BAND_COUNT }, (_, band) => encodeMultiPolygon(shapes(index, band))),
  };
}

/** Bytes of the geometries, and as much again for each row's share of the indexes. */
function sizeOf(staged: StagedArea): number {
  return staged.geometry.length + staged.shapes.reduce((sum, shape) => sum + shape.length + 1000, 2000);
}

/** Removes what imports left behind whose process is gone, and areas that were superseded. */
export async function removeRemains(db: Db): Promise<void> {
  for (const { id, owner, silent } of await unpublishedImports(db)) {
    if (isGone(owner, silent)) await discard(db, id);
  }
  await clearSuperseded(db);
}

async function discard(db: Db, importId: number): Promise<void> {
  await inParts((limit) => removeStaged(db, importId, limit));
  await forgetImport(db, importId);
}

/** Ids looked through at a time: few enough for one short statement. */
const ID_SPAN = 4000;

async function clearSuperseded(db: Db): Promise<void> {
  const day = today();
  const { first, last } = await areaIds(db);
  for (let from = first; from <= last; from += ID_SPAN) {
    await inParts((limit) => removeSuperseded(db, { first: from, last: from + ID_SPAN - 1, day }, limit));
  }
}

/** Repeats a removal of up to so many rows, each time short, until it finds fewer. */
async function inParts(remove: (limit: number) => Promise<number>): Promise<void> {
  const pace = new Pace(20, 1000);
  for (;;) {
    const limit = Math.ceil(pace.size);
    const removed = await pace.run(limit, () => remove(limit));
    if (removed < limit) return;
  }
}
