import type { ComponentType } from 'react';
import type { AnalysisView } from './state.ts';

/** The parts of the room, each fetched when its tab is opened. */
export const VIEWS: Partial<Record<AnalysisView, ComponentType<object>>> = {};
