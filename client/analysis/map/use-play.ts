import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import { classesOf, classOf } from '../../../shared/measures/classes.ts';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { AreaWorker } from '../area-worker.ts';
import { useSteps } from '../counts.ts';
import type { Counts } from '../places.ts';
import { daysOfStep } from '../steps.ts';

const worker = new AreaWorker();

/** How long each step stands. */
const STEP_MS = 900;

/** The period step by step: counts of each, in classes that are the same for all. */
export interface Play {
  steps: number;
  step: number | undefined;
  /** Days of the step that is shown. */
  span: DaySpan | undefined;
  figure: PlaceFigure | undefined;
  running: boolean;
  loading: boolean;
  failed: boolean;
  show(step: number | undefined): void;
  run(running: boolean): void;
}

/** Plays the counts of the period through time, once it is asked to. */
export function usePlay(spec: AnalysisSpec | undefined, zone: Zone | undefined, counts: Counts | undefined): Play {
  const [step, setStep] = useState<number>();
  const [running, setRunning] = useState(false);
  const wanted = step !== undefined;
  const series = useSteps(spec, zone, wanted);
  const steps = series.steps?.count ?? 0;
  const isReady = wanted && !series.isLoading && spec !== undefined && counts !== undefined;
  const computed = useQuery({
    queryKey: ['figures', 'steps', spec, counts?.dataVersion, series.version],
    queryFn: async ({ signal }) => {
      const source = spec && counts && { spec, counts, neighbours: undefined, steps: series.source() };
      const outcome = source && (await worker.ask({ kind: 'steps', source }, { signal }));
      if (!outcome?.ok) throw new Error(outcome?.detail ?? 'ended');
      return outcome.value;
    },
    enabled: isReady,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const made = isReady ? computed.data : undefined;
  const at = Math.min(step ?? 0, Math.max(0, steps - 1));

  useEffect(() => {
    if (!running || !made) return;
    const timer = setInterval(() => setStep((now) => ((now ?? 0) + 1) % made.steps), STEP_MS);
    return () => clearInterval(timer);
  }, [running, made]);

  const figure = useMemo((): PlaceFigure | undefined => {
    if (!made) return undefined;
    const places = made.values.length / made.steps;
    const value = made.values.slice(at * places, (at + 1) * places);
    return {
      scale: 'sequential',
      value,
      cls: Int8Array.from(value, (count) => classOf(count, made.breaks)),
      classes: classesOf(made.breaks, { whole: true }),
      test: undefined,
      note: new Uint8Array(places),
      facts: {},
    };
  }, [made, at]);

  return {
    steps,
    step: wanted ? at : undefined,
    span: wanted && series.steps ? daysOfStep(series.steps, at) : undefined,
    figure,
    running,
    loading: series.isLoading || (isReady && computed.isPending),
    failed: series.error !== null || computed.isError,
    show: (to) => {
      setStep(to);
      if (to === undefined) setRunning(false);
    },
    run: (on) => {
      setRunning(on);
      if (on) setStep(at);
    },
  };
}
