import type { CountLevel, CountSeries } from '../../shared/schemas/hotspot.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { areasOf, coarseOf } from './areas.ts';
import { type Asked, invalid, LONGEST_STEP_DAYS } from './asked.ts';
import { countByStep, type Tally, tallyAll, tallyByArea } from './queries.ts';
import { summarise } from './summary.ts';

const DAY_MS = 86_400_000;
/** Ten years of days. */
const MOST_STEPS = 3_660;
/** Places × steps of one answer: all desa of the country by weeks of two years, what a page holds of it in full. */
const MOST_NUMBERS = 10_000_000;

type Series = Omit<CountSeries, 'period' | 'baseline' | 'dataVersion'>;

/**
 * Counts by area of a level, or of the whole, and step; see `CountSeries`. Throws `invalid_request` for more than 3,660
 * steps, and for more than 10,000,000 numbers (areas × steps).
 */
export async function countSteps(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  level: CountLevel | null,
  stepDays: number,
): Promise<Omit<CountSeries, 'period' | 'baseline'>> {
  const steps = Math.ceil((asked.period.to.getTime() - asked.period.from.getTime()) / (stepDays * DAY_MS));
  if (steps > MOST_STEPS) {
    const least = Math.ceil((steps * stepDays) / MOST_STEPS);
    throw invalid('stepDays', `makes ${steps} steps of this period; ask for steps of ${least} days or longer`);
  }
  const { hash } = await dataVersion(asker);
  const make = async (): Promise<Series> => {
    const asOf = new Date().toISOString();
    const areas = level ? await areasOf(answers, asker, hash, level, asked.area) : [];
    if (areas.length * steps > MOST_NUMBERS) throw tooLarge(areas.length, steps, stepDays);
    const code = level ? areas.map((area) => area.code) : [''];
    const { db, scope } = asker;
    const [rows, tallies, coarse] = await Promise.all([
      countByStep(db, scope, asked, level, stepDays),
      level ? tallyByArea(db, scope, asked, level) : tallyAll(db, scope, asked),
      // The whole is as wide as anything.
      level ? coarseOf(asker, asked, level, areas) : { coarse: 0, coarseBaseline: 0 },
    ]);
    const placeOf = new Map(code.map((one, at) => [one, at]));
    const entries: { place: number; step: number; count: number }[] = [];
    for (const { code: one, steps: those, counts } of rows) {
      const place = placeOf.get(one ?? '-');
      if (place !== undefined)
        for (const [at, step] of those.entries()) entries.push({ place, step, count: counts[at] ?? 0 });
    }
    entries.sort((a, b) => a.place - b.place || a.step - b.step);
    const isPlaced = (tally: Tally & { code?: string | null }) => level === null || placeOf.has(tally.code ?? '-');
    return {
      asOf,
      ...summarise(tallies, isPlaced, coarse),
      stepDays,
      steps,
      code,
      place: entries.map(({ place }) => place),
      step: entries.map(({ step }) => step),
      count: entries.map(({ count }) => count),
    };
  };
  const bytes = (series: Series) => series.code.length * 40 + series.count.length * 24;
  const series = await answers.get(asker.scope, hash, ['series', level, stepDays, asked], make, bytes);
  return { dataVersion: hash, ...series };
}

/** Says what of a question makes its answer too large, and which steps would do. */
function tooLarge(areas: number, steps: number, stepDays: number) {
  const least = Math.ceil((steps * stepDays) / Math.floor(MOST_NUMBERS / areas));
  const longer = least <= LONGEST_STEP_DAYS ? `steps of ${least} days or longer, ` : '';
  const problem = `makes ${steps} steps for each of ${areas} areas, and one answer has at most 10,000,000 numbers; ask for`;
  return invalid('stepDays', `${problem} ${longer}a shorter period, a wider level, or an area`);
}
