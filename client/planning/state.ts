import { create } from 'zustand';
import type { PlanContent, PlanEdit } from '../../shared/schemas/plan.ts';

/** What a stroke on the map does; without one the map is moved and asked. */
export const PAINT_TOOLS = ['brush', 'lasso', 'kecamatan', 'eraser'] as const;
export type PaintTool = (typeof PAINT_TOOLS)[number];

/** Radius of the brush and the eraser in CSS pixels; 0 paints the area under the pointer alone. */
export const BRUSH_SIZES = [0, 18, 42] as const;
export type BrushSize = (typeof BRUSH_SIZES)[number];

export const PLAN_TABS = ['zones', 'checks', 'balance', 'suggest', 'versions'] as const;
export type PlanTab = (typeof PLAN_TABS)[number];

/** A change that is shown over the plan before anybody takes it. */
export interface Ghost {
  /** The content that it was made for; another one makes it void. */
  before: PlanContent;
  /** That content with the change. */
  after: PlanContent;
  edit: PlanEdit;
  /** A whole division, or one zone that is mended. */
  of: { kind: 'division'; seed: number } | { kind: 'fix'; zone: string };
}

interface PlanningState {
  tool: PaintTool | undefined;
  brush: BrushSize;
  /** Id of the zone that is painted. */
  zone: string | undefined;
  tab: PlanTab;
  /** What the colours of the map say. */
  colours: 'zones' | 'workload';
  /** Areas that a ring is drawn around, by code, and what was pointed at for it. */
  lit: { key: string; codes: ReadonlySet<string> } | undefined;
  ghost: Ghost | undefined;
  /** Areas that differ from what the plan is compared with, by code. */
  moved: ReadonlySet<string> | undefined;
  /** Whose days incidents are counted over. */
  days: { startsOn: string; endsOn: string } | undefined;
  set(change: Partial<Omit<PlanningState, 'set'>>): void;
}

const AT_FIRST = {
  tool: undefined,
  brush: 0,
  zone: undefined,
  tab: 'zones',
  colours: 'zones',
  lit: undefined,
  ghost: undefined,
  moved: undefined,
} as const;

/** What the planner's room shows of the open plan; the plan itself is in its `OpenPlan`. */
export const usePlanning = create<PlanningState>((set) => ({ ...AT_FIRST, days: undefined, set }));

/** The plan can no longer be worked on as it was: nothing is in hand or pointed at any more. */
export function layDown(): void {
  usePlanning.setState({ tool: undefined, lit: undefined, ghost: undefined, moved: undefined });
}

/** Another plan was opened, or this one left: what was pointed at and held belonged to it. */
export function beginAnew(): void {
  usePlanning.setState(AT_FIRST);
}
