import { assignmentOf, codesOf, movesBetween } from '../../shared/plans/assignment.ts';
import { checkPlan } from '../../shared/plans/checks.ts';
import { compactnessOf } from '../../shared/plans/compactness.ts';
import { applyEdit } from '../../shared/plans/edits.ts';
import { type Ground, partsOf } from '../../shared/plans/ground.ts';
import { type Suggestion, suggestZones } from '../../shared/plans/suggest/suggest.ts';
import { areaWorkload, balanceOf, readWorkload, type WorkloadColumns } from '../../shared/plans/workload.ts';
import { DEFAULT_WEIGHTS, type PlanContent } from '../../shared/schemas/plan.ts';
import { createRandom } from '../../shared/stats/index.ts';
import { greedyZones } from './greedy-zones.ts';
import { type Bench, compare, type Row } from './harness.ts';
import { readJakarta } from './jakarta.ts';

const SEED = 20_261_122;
/** Zones of the plan that is painted and checked, and of the one that is suggested. */
const PAINTED = 300;
const SUGGESTED = 60;
const STROKE = 1_000;
const ROUNDS = 40;

const work: Bench = {
  names: ['plan.paint', 'plan.checks'],
  async run({ log }) {
    const { ground } = await readJakarta();
    const columns = incidentsOf(ground);
    const workload = areaWorkload(columns, DEFAULT_WEIGHTS);
    const content = planOf(ground, greedyZones(ground, workload, PAINTED), PAINTED);
    const strewn = planOf(ground, lots(ground), PAINTED);
    const paint = slowest(ROUNDS, (round) => {
      const before = assignmentOf(ground, content);
      // A stroke over the city from a place of its own, into one zone.
      const first = (round * 97) % (ground.size - STROKE);
      const after = before.zoneOf.map((zone, area) =>
        area >= first && area < first + STROKE ? round % PAINTED : zone,
      );
      const painted = applyEdit(content, [{ kind: 'assign', moves: movesBetween(ground, before, after) }]);
      if (!painted.ok) throw new Error(painted.conflict.reason);
      const assignment = assignmentOf(ground, painted.content);
      checkPlan(ground, assignment);
      compactnessOf(ground, assignment);
      const { zones } = balanceOf(assignment, columns, areaWorkload(columns, content.weights));
      if ((zones[round % PAINTED]?.areas ?? 0) < STROKE) throw new Error('the stroke is not in the figures');
    });
    let strewnChecks = 0;
    const checks = slowest(ROUNDS, (round) => {
      // By turns a plan as planners make them, with a gap, and one whose zones lie strewn all over the city.
      const assignment = assignmentOf(ground, round % 2 === 0 ? content : strewn);
      assignment.zoneOf[(round * 61) % ground.size] = -1;
      const found = checkPlan(ground, assignment).length;
      strewnChecks = Math.max(strewnChecks, found);
      if (found < (round % 2 === 0 ? 1 : PAINTED)) throw new Error('a gap was not found, or a zone that is not whole');
    });
    log(`${ground.size} RW, ${islandsOf(ground)} without a neighbour; ${strewnChecks} things to say of strewn zones`);
    return [
      row('plan.paint', paint, 100, 'ms, the slowest of 40'),
      row('plan.checks', checks, 50, 'ms, the slowest of 40'),
    ];
  },
};

const suggest: Bench = {
  names: ['plan.suggest'],
  async run({ log }) {
    const { ground, kelurahan, kecamatan } = await readJakarta();
    const workload = areaWorkload(incidentsOf(ground), DEFAULT_WEIGHTS);
    log(`${ground.size} RW, ${islandsOf(ground)} without a neighbour`);
    const begin = performance.now();
    const { zoneOf, linked, oversized } = searched(ground, workload, SUGGESTED);
    const seconds = (performance.now() - begin) / 1_000;
    const made = {
      [`suggested in ${seconds.toFixed(1)} s`]: zoneOf,
      greedy: greedyZones(ground, workload, SUGGESTED),
      'real kecamatan': kecamatan,
      'suggested, as many': searched(ground, workload, new Set(kecamatan).size).zoneOf,
      'real kelurahan': kelurahan,
    };
    for (const [name, zones] of Object.entries(made)) log(describe(name, ground, zones, workload));
    const worst = deviations(zoneOf, workload)[0] ?? Number.NaN;
    const parts = partsOf(ground, zoneOf).count;
    if (parts !== SUGGESTED + linked.length) throw new Error(`${SUGGESTED} zones are in ${parts} parts`);
    if (oversized.length === 0 && !(worst <= 10)) throw new Error(`a zone is ${worst} % from the mean`);
    return [row('plan.suggest', seconds, 60, `s, ${SUGGESTED} zones of ${ground.size} RW`)];
  },
};

export const benches: Bench[] = [work, suggest];

const row = (id: string, measured: number, reference: number, unit: string): Row =>
  compare({ id, measured, reference, unit, goal: '<= 1' });

function searched(ground: Ground, workload: Float64Array, zones: number): Suggestion {
  const outcome = suggestZones(ground, { zones, seed: SEED, free: () => true, workload });
  if (!outcome.ok) throw new Error(outcome.reason);
  let step = outcome.search.next();
  while (!step.done) step = outcome.search.next();
  return step.value;
}

/** Incidents of a year by lot, nine in an RW on average, in some five times as many as in most, and of four severities. */
function incidentsOf(ground: Ground): WorkloadColumns {
  const random = createRandom(SEED);
  const none = ground.code.map(() => 0);
  const counts = ground.code.map(() => {
    // A log-normal rate: the sum of twelve uniform numbers is nearly normal.
    let normal = -6;
    for (let draw = 0; draw < 12; draw++) normal += random.uniform();
    const rate = 6 * Math.exp(0.9 * normal);
    return [0.6, 0.25, 0.12, 0.03].map((share) => random.poisson(rate * share));
  });
  const [low = none, moderate = none, serious = none, critical = none] = [0, 1, 2, 3].map((severity) =>
    counts.map((by) => by[severity] ?? 0),
  );
  const columns = readWorkload(ground, {
    from: '2025-01-01T00:00:00Z',
    to: '2026-01-01T00:00:00Z',
    code: [...ground.code],
    low,
    moderate,
    serious,
    critical,
    streetKm: none,
    households: none,
    tps: none,
    posts: none,
  });
  if (!columns) throw new Error('of another ground');
  return columns;
}

/** A zone for each RW by lot. */
function lots({ size }: Ground): Int32Array {
  const random = createRandom(SEED);
  return Int32Array.from({ length: size }, () => random.below(PAINTED));
}

function planOf(ground: Ground, zoneOf: Int32Array, zones: number): PlanContent {
  const ids = Array.from({ length: zones }, (_, zone) => `01920000-0000-7000-8000-${String(zone).padStart(12, '0')}`);
  const codes = codesOf(ground, { zones: ids, zoneOf, unknown: [] });
  return {
    zones: ids.map((id, zone) => ({
      id,
      name: `Zona ${zone}`,
      colour: zone % 12,
      locked: false,
      codes: codes[zone] ?? [],
    })),
    weights: DEFAULT_WEIGHTS,
  };
}

/** Milliseconds of the slowest round, of those after the first, which is slower by what is compiled in it. */
function slowest(rounds: number, run: (round: number) => void): number {
  const taken = Array.from({ length: rounds + 1 }, (_, round) => {
    const begin = performance.now();
    run(round);
    return performance.now() - begin;
  });
  return Math.max(...taken.slice(1));
}

function islandsOf({ starts, size }: Ground): number {
  let count = 0;
  for (let area = 0; area < size; area++) if (starts[area] === starts[area + 1]) count++;
  return count;
}

/** How far zones are from their mean, in hundredths of it, the worst first. */
function deviations(zoneOf: Int32Array, workload: Float64Array): number[] {
  const loads = new Float64Array(Math.max(...zoneOf) + 1);
  for (const [area, zone] of zoneOf.entries()) loads[zone] = (loads[zone] ?? 0) + (workload[area] ?? 0);
  const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
  return [...loads].map((load) => 100 * Math.abs(load / mean - 1)).sort((one, other) => other - one);
}

function describe(name: string, ground: Ground, zoneOf: Int32Array, workload: Float64Array): string {
  const away = deviations(zoneOf, workload);
  const zones = away.map((_, zone) => String(zone));
  const { polsbyPopper, cutEdges, cutKm } = compactnessOf(ground, { zones, zoneOf });
  const compact = polsbyPopper.map((value) => value ?? 0);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    `${name}: ${zones.length} zones in ${partsOf(ground, zoneOf).count} parts`,
    `${mean(away).toFixed(1)} % from the mean, ${away[0]?.toFixed(1)} % at most`,
    `Polsby–Popper ${mean(compact).toFixed(2)}, ${Math.min(...compact).toFixed(2)} at least`,
    `${cutEdges} cut edges of ${cutKm.toFixed(0)} km`,
  ].join('; ');
}
