import { create } from 'zustand';
import { addDays } from '../../shared/calendar/days.ts';
import type { AnalysisSpec, AnalysisView } from '../../shared/schemas/analysis.ts';
import { useView } from '../state/view.ts';

interface AnalysisState {
  view: AnalysisView;
  /** The last view that showed figures: what is saved is opened there. */
  shown: AnalysisView;
  /** What is asked; undefined until the room was opened and today is known. */
  spec: AnalysisSpec | undefined;
  /** The place that list, chart and map point at: an area's code or `q,r` of a cell. */
  focus: string | undefined;
  set(change: Partial<Pick<AnalysisState, 'view' | 'spec' | 'focus'>>): void;
  /** Changes parts of what is asked. */
  ask(change: Partial<AnalysisSpec>): void;
}

/** Views that show no figures of what is asked. */
const isAbout = (view: AnalysisView) => view === 'saved' || view === 'methods';

/** The state of the analysis room; everything on its screen follows `spec`. */
export const useAnalysis = create<AnalysisState>((set, get) => ({
  view: 'map',
  shown: 'map',
  spec: undefined,
  focus: undefined,
  set: (change) => set({ ...change, ...(change.view && !isAbout(change.view) && { shown: change.view }) }),
  ask(change) {
    const { spec } = get();
    if (spec) set({ spec: { ...spec, ...change } });
  },
}));

/** Opens the room at one of its views, from outside it: what was asked there, or by the link, is asked still. */
export function openRoom(view: AnalysisView): void {
  useAnalysis.getState().set({ view });
  const { analysis, set } = useView.getState();
  // Nobody in the room keeps the link in step yet, and a link that was not read yet would bring its own view.
  set({ room: 'analisis', analysis: analysis?.replace(/^[^~]*/, view) });
}

/** What is asked at first: the last four weeks before the day (ISO, in the place's zone), against the four before them. */
export function firstSpec(today: string): AnalysisSpec {
  return {
    period: { startsOn: addDays(today, -28), endsOn: addDays(today, -1) },
    baseline: { startsOn: addDays(today, -56), endsOn: addDays(today, -29), kind: 'weeks-before' },
    categories: [],
    severities: [],
    area: null,
    patrol: false,
    unverified: false,
    places: { kind: 'areas', level: 'desa' },
    measure: 'count',
    per: 'households',
    expected: 'baseline',
    smoothing: 'none',
    alpha: 0.05,
    fdr: true,
    bandwidthM: null,
    stepDays: 7,
    seed: 20_240_214,
  };
}
