import { useEffect, useMemo, useState } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import { classesOf, classOf, quantileBreaks } from '../../../shared/measures/classes.ts';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useCube } from '../counts.ts';
import type { Counts } from '../places.ts';
import { daysOfStep } from '../steps.ts';

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
  const cube = useCube(spec, zone, counts, wanted);
  const steps = cube.steps?.count ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cube is another one when its version or its places are.
  const made = useMemo(() => {
    const values = wanted && !cube.isLoading ? cube.make() : undefined;
    return values && { ...values, breaks: quantileBreaks(values.values, { whole: true }) };
  }, [wanted, cube.isLoading, cube.version, counts]);
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
    span: wanted && cube.steps ? daysOfStep(cube.steps, at) : undefined,
    figure,
    running,
    loading: cube.isLoading,
    failed: cube.error !== null,
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
