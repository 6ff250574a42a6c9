import { INCIDENT_CATEGORIES } from '../../shared/schemas/incident.ts';
import { STAGES } from '../incidents/columns.ts';

/** One incident in the worker. */
export type Row = {
  /** Its place in the order of the index. */
  order: number;
  slot: number;
  /** Web Mercator, 0..1. */
  x: number;
  y: number;
  lon: number;
  lat: number;
  createdAt: number;
  category: number;
  severity: number;
  stage: number;
  heat: number;
  /** False: it has left, and only holds the place of its cluster. */
  counts: boolean;
};

/** What a cluster amounts to. */
export type Tally = {
  seed: Row;
  /** The earliest recorded of those that count. */
  first: Row | undefined;
  count: number;
  waiting: number;
  open: number;
  worst: number;
  worstOpen: number;
  categories: number[];
  /** Square of the distance from the seed to the farthest of those that count, in Web Mercator. */
  spread: number;
};

const WAITING = STAGES.indexOf('waiting');
const CLOSED = STAGES.indexOf('closed');

/** The tally of one incident alone. */
export function tallyOf(row: Row): Tally {
  const tally: Tally = {
    seed: row,
    first: undefined,
    count: 0,
    waiting: 0,
    open: 0,
    worst: 0,
    worstOpen: 0,
    categories: INCIDENT_CATEGORIES.map(() => 0),
    spread: 0,
  };
  if (!row.counts) return tally;
  tally.first = row;
  tally.count = 1;
  tally.worst = row.severity;
  tally.categories[row.category] = 1;
  if (row.stage === WAITING) tally.waiting = 1;
  if (row.stage !== CLOSED) {
    tally.open = 1;
    tally.worstOpen = row.severity;
  }
  return tally;
}

/** Adds the tally of a single incident to that of the cluster which it joins. */
export function tallyUp(cluster: Tally, one: Tally): void {
  if (!one.first) return;
  if (!cluster.first || isEarlier(one.first, cluster.first)) cluster.first = one.first;
  cluster.count += one.count;
  cluster.waiting += one.waiting;
  cluster.open += one.open;
  cluster.worst = Math.max(cluster.worst, one.worst);
  cluster.worstOpen = Math.max(cluster.worstOpen, one.worstOpen);
  one.categories.forEach((count, category) => {
    cluster.categories[category] = (cluster.categories[category] ?? 0) + count;
  });
  const { x, y } = one.first;
  cluster.spread = Math.max(cluster.spread, (x - cluster.seed.x) ** 2 + (y - cluster.seed.y) ** 2);
}

/** Slots are given in the order of recording, so they decide between incidents of the same millisecond. */
function isEarlier(a: Row, b: Row): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.slot < b.slot);
}
