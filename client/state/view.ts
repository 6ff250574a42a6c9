import { create } from 'zustand';
import type { IncidentCategory, IncidentSource, IncidentStatus, Severity } from '../../shared/schemas/incident.ts';

/** What is shown in the detail panel. */
export type Selection =
  | { kind: 'incident'; id: string }
  | { kind: 'unit'; id: number }
  | { kind: 'area'; code: string }
  | { kind: 'place'; id: string };

/** Which incidents are shown; an empty list means all of them. */
export interface IncidentFilter {
  categories: IncidentCategory[];
  severities: Severity[];
  statuses: IncidentStatus[];
  sources: IncidentSource[];
  /** Newest age in hours, or `undefined` for all time. */
  hours: number | undefined;
  /** Code of an area: it and everything within it. */
  area: string | undefined;
  /** Only what occurred between these two Unix times (ms), as brushed on the timeline; `undefined` for no such limit. */
  between?: [number, number] | undefined;
}

/** What a click on the map does. */
export type Tool =
  | 'select'
  | 'pick-place'
  | 'pick-area'
  | 'draw-polygon'
  | 'paint'
  | 'measure-distance'
  | 'measure-area';

/** The three rooms that share the one map. */
export const ROOMS = ['operasi', 'perencanaan', 'analisis'] as const;
export type Room = (typeof ROOMS)[number];

/** The parts of the administration; it lies over the rooms. */
export const ADMIN_SECTIONS = ['people', 'jurisdictions', 'devices', 'break-glass', 'audit'] as const;
export type AdminSection = (typeof ADMIN_SECTIONS)[number];

export interface ViewState {
  room: Room;
  selection: Selection | undefined;
  filter: IncidentFilter;
  layers: { areas: boolean; units: boolean; incidents: boolean; heat: boolean; places: boolean };
  /** Whether the selected unit's trail of the last 30 minutes is drawn. */
  trail: boolean;
  tool: Tool;
  theme: 'dark' | 'light';
  language: 'id' | 'en';
  wall: boolean;
  /** What of the administration is open. */
  admin: AdminSection | undefined;
  /** What the analysis room asks and shows, as its own code writes it into links (client/analysis/link.ts). */
  analysis: string | undefined;
  /** The saved analysis (a UUID) that the analysis room is to open, and whether as a document to be printed. */
  saved: { id: string; print: boolean } | undefined;
  /** The plan (a UUID) that is open in the planner's room. */
  plan: string | undefined;
  set(change: Partial<Omit<ViewState, 'set'>>): void;
}

export const NO_FILTER: IncidentFilter = {
  categories: [],
  severities: [],
  statuses: [],
  sources: [],
  hours: 24 * 7,
  area: undefined,
};

/** The state of the interface: what is chosen and shown, never positions. */
export const useView = create<ViewState>((set) => ({
  room: 'operasi',
  selection: undefined,
  filter: NO_FILTER,
  layers: { areas: true, units: true, incidents: true, heat: false, places: true },
  trail: true,
  tool: 'select',
  theme: 'dark',
  language: 'id',
  wall: false,
  admin: undefined,
  analysis: undefined,
  saved: undefined,
  plan: undefined,
  set: (change) => set(change),
}));
