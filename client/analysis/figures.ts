import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Zone } from '../../shared/geo/zone.ts';
import type { FigureAnswer } from '../../shared/measures/compute.ts';
import type { Asked } from '../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import { done, type Outcome } from '../../shared/stats/index.ts';
import { AreaWorker } from './area-worker.ts';
import type { OrderedComparison } from './compare/name-order.ts';
import { useCounts, usePlaceNeighbours, usePoints, useSteps } from './counts.ts';
import type { Counts } from './places.ts';
import { useRoomZone } from './room-zone.ts';
import { useAnalysis } from './state.ts';
import type { Steps } from './steps.ts';

/** A computation that was stopped by hand. */
class Stopped extends Error {}

const workers = { figure: new AreaWorker(), comparison: new AreaWorker() };
/** How far each computation is; undefined while none runs. */
const useProgress = create<Record<keyof typeof workers, [done: number, total: number] | undefined>>(() => ({
  figure: undefined,
  comparison: undefined,
}));

/** What a view of the room shows, or why it does not yet. */
export interface Computed<Answer> {
  /** What it was computed for: the spec of the answer, which may be the one before while another is on its way. */
  answer: { spec: AnalysisSpec; counts: Counts; outcome: Outcome<Answer>; steps: Steps | undefined } | undefined;
  /** Something is being fetched or computed; the answer, if there is one, is that of before. */
  pending: boolean;
  progress: [done: number, total: number] | undefined;
  /** Of fetching or computing; `stopped` by hand. */
  error: Error | undefined;
  stopped: boolean;
  cancel(): void;
  retry(): void;
  zone: Zone | undefined;
}

/** The measure that the spec asks for, of every place; the map stands on it. */
export function useFigures(): Computed<FigureAnswer> {
  return useComputed('figure');
}

/** What the map shows, for what leaves the room: beside the comparison the change, whatever measure was looked at before. */
export function useShownFigures(): Computed<FigureAnswer> {
  const isCompared = useAnalysis(({ view }) => view === 'compare');
  const figures = useComputed('figure', !isCompared);
  const { answer, ...comparison } = useComputed('comparison', isCompared);
  const change = useMemo(
    () =>
      answer && {
        ...answer,
        spec: { ...answer.spec, measure: 'change' as const },
        outcome: answer.outcome.ok
          ? done({ kind: 'places' as const, figure: answer.outcome.value.change })
          : answer.outcome,
      },
    [answer],
  );
  return isCompared ? { ...comparison, answer: change } : figures;
}

/** Period against baseline, of every place and of all. */
export function useComparison(): Computed<OrderedComparison> {
  return useComputed('comparison');
}

type AnswerOf = { figure: FigureAnswer; comparison: OrderedComparison };

/** @param wanted nothing is fetched or computed otherwise */
function useComputed<Kind extends keyof typeof workers>(kind: Kind, wanted = true): Computed<AnswerOf[Kind]> {
  const zone = useRoomZone();
  const question = useAnalysis((analysis) => analysis.spec);
  const spec = wanted ? question : undefined;
  const client = useQueryClient();
  const needs = needsOf(kind, spec);
  const counts = useCounts(spec, zone);
  const neighbours = usePlaceNeighbours(spec, needs.neighbours);
  const series = useSteps(spec, zone, needs.series);
  const points = usePoints(spec, zone, needs.points);
  const sources = [counts, neighbours, series, points];
  const fetching = [counts.isPending, neighbours.isLoading, series.isLoading, needs.points && points.isPending];
  const isOld = counts.isPlaceholderData || (needs.points && points.isPlaceholderData);
  const ready = spec && counts.data && !isOld && !fetching.includes(true) && !sources.some(({ error }) => error);
  const versions = [counts.data?.dataVersion, neighbours.version, series.version, points.data?.dataVersion];
  const key = ['figures', kind, zone, spec && countedOf(spec), spec && askedOf(spec), versions];
  const computed = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      if (!spec || !counts.data) throw new Stopped();
      const asked = askedOf(spec);
      const job =
        needs.points && points.data
          ? {
              kind: 'density' as const,
              asked,
              lon: Float64Array.from(points.data.points.lon),
              lat: Float64Array.from(points.data.points.lat),
            }
          : {
              kind: kind === 'comparison' ? ('comparison' as const) : ('places' as const),
              asked,
              source: { spec, counts: counts.data, neighbours: neighbours.source, steps: series.source() },
            };
      const onProgress = (...progress: [number, number]) => useProgress.setState({ [kind]: progress });
      // Whatever takes long can be cancelled, also where nobody can tell how far it is.
      onProgress(0, 0);
      signal.addEventListener('abort', () => useProgress.setState({ [kind]: undefined }), { once: true });
      const outcome = await workers[kind].ask(job, { signal, onProgress }).finally(() => {
        if (!signal.aborted) useProgress.setState({ [kind]: undefined });
      });
      if (!outcome) throw new Stopped();
      return { spec, counts: counts.data, outcome: outcome as Outcome<AnswerOf[Kind]>, steps: series.steps };
    },
    enabled: Boolean(ready),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  const failed = sources.find(({ error }) => error)?.error ?? computed.error ?? undefined;
  const stopped = computed.error instanceof Stopped;
  return {
    answer: computed.data,
    pending: !failed && (!ready || computed.isPlaceholderData || computed.isPending),
    progress: useProgress((progress) => progress[kind]),
    error: stopped ? undefined : (failed ?? undefined),
    stopped,
    cancel: () => workers[kind].cancel(),
    retry: () => {
      for (const { error, refetch } of sources) if (error) void refetch();
      if (computed.error) void client.refetchQueries({ queryKey: key });
    },
    zone,
  };
}

/** Beside the counts, what has to be fetched. */
function needsOf(kind: keyof typeof workers, spec: AnalysisSpec | undefined) {
  const measure = spec?.measure;
  const isComparison = kind === 'comparison';
  const smoothed = spec?.smoothing !== 'none';
  return {
    neighbours:
      isComparison ||
      measure === 'window' ||
      measure === 'getis' ||
      measure === 'moran' ||
      measure === 'emerging' ||
      (measure === 'rate' && smoothed),
    series: !isComparison && measure === 'emerging',
    points: !isComparison && measure === 'density',
  };
}

function askedOf({ measure, per, expected, smoothing, alpha, fdr, draws, bandwidthM, seed }: AnalysisSpec): Asked {
  return { measure, per, expected, smoothing, alpha, fdr, draws: draws ?? null, bandwidthM, seed };
}

/** Of the spec what is fetched depends on. */
function countedOf({
  period,
  baseline,
  categories,
  severities,
  area,
  patrol,
  unverified,
  places,
  stepDays,
}: AnalysisSpec) {
  return { period, baseline, categories, severities, area, patrol, unverified, places, stepDays };
}
