import { Worker } from 'node:worker_threads';
import { type Static, Type } from 'typebox';
import type { FigureAnswer, FigureQuestion } from '../../shared/measures/compute.ts';
import type { Asked as FigureAsked, PlaceFigure, PlaceInput } from '../../shared/measures/figure.ts';
import { amongAll } from '../../shared/measures/rated.ts';
import { DENOMINATORS } from '../../shared/schemas/analysis.ts';
import type { CountLevel } from '../../shared/schemas/hotspot.ts';
import type { Outcome } from '../../shared/stats/index.ts';
import { compiled } from '../compiled.ts';
import { Turns } from '../turns.ts';
import type { Answers, Asker } from './answers.ts';
import { type Asked, invalid, type Span } from './asked.ts';
import { neighboursOf } from './neighbours.ts';
import type { AreaColumns, PublicCounts } from './public-counts.ts';
import { countSteps } from './series.ts';

const DAY_MS = 86_400_000;

/** Measures that a file of areas can hold: all but the density, which is of no area. */
const MEASURES = ['count', 'rate', 'window', 'getis', 'moran', 'emerging', 'change'] as const;

/** What a file says of each area beside its counts; see `AnalysisSpec`. */
export const figureQuery = {
  measure: Type.Optional(
    Type.Enum(MEASURES, {
      description:
        'What the columns value, p, pFdr, significant and class are of: change (exact two-sided p of two Poisson counts, period against baseline) where a baseline is asked for, otherwise count; window (exact Poisson tail with the neighbours, one-sided), getis (Gi*, z), moran (local Moran) and emerging (category) as on the map. Of a public file change alone: the others tell of the counts of neighbours.',
    }),
  ),
  per: Type.Optional(Type.Enum(DENOMINATORS, { default: 'households' })),
  expected: Type.Optional(
    Type.Enum(['baseline', 'per'], { description: 'What window expects by; baseline if there is one' }),
  ),
  smoothing: Type.Optional(Type.Enum(['none', 'global', 'local'], { default: 'none' })),
  alpha: Type.Optional(Type.Number({ minimum: 0.001, maximum: 0.2, default: 0.05 })),
  fdr: Type.Optional(
    Type.Boolean({ default: true, description: 'Whether pFdr decides what is significant, otherwise p' }),
  ),
  draws: Type.Optional(
    Type.Integer({ minimum: 99, maximum: 9_999, description: 'Permutations of moran; without, its normal tail' }),
  ),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295, default: 1 })),
  stepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 92, default: 7, description: 'Steps of emerging' })),
};
const FigureQuery = Type.Object(figureQuery);

/** A measure as it was asked for, with the length of its steps of time in days. */
export interface MeasureAsked extends FigureAsked {
  stepDays: number;
}

/** Reads which measure is asked for. Throws `invalid_request` that names the parameter. */
export function readMeasure(query: Static<typeof FigureQuery>, { baseline }: Asked, isPublic: boolean): MeasureAsked {
  const measure = query.measure ?? (baseline ? 'change' : 'count');
  if (measure === 'change' && !baseline) throw invalid('measure', 'compares with a baseline; ask for one, too');
  if (isPublic && measure !== 'change' && measure !== 'count')
    throw invalid('measure', 'of a public file is change or count: the others tell of the counts of neighbours');
  return {
    measure,
    per: query.per ?? 'households',
    expected: query.expected ?? (baseline ? 'baseline' : 'per'),
    smoothing: query.smoothing ?? 'none',
    alpha: query.alpha ?? 0.05,
    fdr: query.fdr ?? true,
    draws: query.draws ?? null,
    bandwidthM: null,
    seed: query.seed ?? 1,
    stepDays: query.stepDays ?? 7,
  };
}

/** The measure of each area of an answer; undefined where there is none to be had, as of a period without incidents. */
export async function figureOf(
  answers: Answers,
  asker: Asker,
  { asked, level, areas }: { asked: Asked; level: CountLevel; areas: AreaColumns },
  { stepDays, ...measure }: MeasureAsked,
): Promise<PlaceFigure | undefined> {
  const hasNeighbours = ['window', 'getis', 'moran', 'emerging'].includes(measure.measure);
  const isLocal = measure.measure === 'rate' && measure.smoothing === 'local';
  const population = Float64Array.from(areas[measure.per], (value) => value ?? 0);
  const input: PlaceInput = {
    count: Float64Array.from(areas.count),
    baselineCount: Float64Array.from(areas.baselineCount),
    population: population.some((value) => value > 0) ? population : undefined,
    neighbours: hasNeighbours || isLocal ? await neighbours(answers, asker, level, asked.area) : undefined,
    series:
      measure.measure === 'emerging' ? await series(answers, asker, { asked, level, areas }, stepDays) : undefined,
    days: daysOf(asked),
  };
  return compute({ kind: 'places', asked: measure, input });
}

/**
 * Period against baseline of each area whose counts are both published, and of no other: what is hidden plays no part, in the
 * correction for many tests either.
 */
export async function publicFigureOf(
  { areas, hidden, baselineHidden }: PublicCounts,
  asked: Asked,
  { stepDays: _, ...measure }: MeasureAsked,
): Promise<PlaceFigure | undefined> {
  if (measure.measure !== 'change') return undefined;
  const shown = Uint32Array.from(areas.code.keys()).filter((at) => !hidden[at] && !baselineHidden[at]);
  const column = (values: readonly number[]) => Float64Array.from(shown, (at) => values[at] ?? 0);
  const input: PlaceInput = {
    count: column(areas.count),
    baselineCount: column(areas.baselineCount),
    ...{ population: undefined, neighbours: undefined, series: undefined, days: daysOf(asked) },
  };
  const figure = await compute({ kind: 'places', asked: measure, input });
  return figure && amongAll(figure, shown, areas.code.length);
}

async function neighbours(answers: Answers, asker: Asker, level: CountLevel, area: string | null) {
  const { start, neighbour } = await neighboursOf(answers, asker, level, area);
  return { starts: Uint32Array.from(start), neighbours: Uint32Array.from(neighbour) };
}

/** Counts by whole steps up to the end of the period: days before the first whole one are left out. */
async function series(
  answers: Answers,
  asker: Asker,
  { asked, level, areas }: { asked: Asked; level: CountLevel; areas: AreaColumns },
  stepDays: number,
): Promise<PlaceInput['series']> {
  const { to } = asked.period;
  const whole = Math.floor(lengthOf(asked.period) / stepDays);
  if (whole === 0) return undefined;
  const from = new Date(to.getTime() - whole * stepDays * DAY_MS);
  const steps = await countSteps(answers, asker, { ...asked, period: { from, to }, baseline: null }, level, stepDays);
  const places = areas.code.length;
  const values = new Float64Array(steps.steps * places);
  for (const [at, place] of steps.place.entries())
    values[(steps.step[at] ?? 0) * places + place] = steps.count[at] ?? 0;
  return { steps: steps.steps, values };
}

const lengthOf = ({ from, to }: Span) => (to.getTime() - from.getTime()) / DAY_MS;
const daysOf = ({ period, baseline }: Asked) => ({
  period: lengthOf(period),
  baseline: baseline ? lengthOf(baseline) : 0,
});

const turns = new Turns({ atOnce: 1, waiting: 10 }, 'Too many files are being worked out at this moment; try again.');

/** In a thread of its own: thousands of areas, or thousands of permutations, take seconds. */
function compute(question: FigureQuestion): Promise<PlaceFigure | undefined> {
  return turns.take(async () => {
    const worker = new Worker(compiled('server/hotspots/figure-worker.js'), { workerData: question });
    try {
      const outcome = await new Promise<Outcome<FigureAnswer>>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      return outcome.ok && outcome.value.kind === 'places' ? outcome.value.figure : undefined;
    } finally {
      await worker.terminate();
    }
  });
}
