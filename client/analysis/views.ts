import type { ComponentType } from 'react';
import type { AnalysisView } from '../../shared/schemas/analysis.ts';
import { lazyPart } from '../lazy-part.ts';

/** The parts of the room, each fetched when its tab is opened. */
export const VIEWS: Partial<Record<AnalysisView, ComponentType<object>>> = {
  map: lazyPart(() => import('./map/map-view.tsx')),
  compare: lazyPart(() => import('./compare/compare.tsx')),
  effect: lazyPart(() => import('./effect/effect-view.tsx')),
  repeat: lazyPart(() => import('./repeat/repeat-view.tsx')),
  test: lazyPart(() => import('./foresight/foresight-view.tsx')),
  saved: lazyPart(() => import('./saved/saved.tsx')),
  warnings: lazyPart(() => import('./warnings/warnings-view.tsx')),
  methods: lazyPart(() => import('./methods/methods.tsx')),
};

/** Views that do not follow what the room asks: early warning counts by weeks of its own, and the methods count nothing. */
export const WITHOUT_QUESTION: readonly AnalysisView[] = ['warnings', 'methods'];
