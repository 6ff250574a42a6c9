import { create } from 'zustand';

/** What a new incident starts with when the form is opened from a place. */
export interface FormStart {
  lon: number;
  lat: number;
}

/** Heights of the bottom sheet on a phone. */
export const SHEET_HEIGHTS = ['low', 'half', 'full'] as const;
export type SheetHeight = (typeof SHEET_HEIGHTS)[number];

/** Sheets that open over the page. */
export type SheetOver = 'account' | 'data' | 'break-glass' | 'help';

/** Which parts of the frame are open: of no interest to anyone a link is sent to. */
interface PanelState {
  left: boolean;
  leftTab: 'incidents' | 'units';
  filters: boolean;
  timeline: boolean;
  legend: boolean;
  shortcuts: boolean;
  /** The form is open; with a place when it was asked for there. */
  form: { start: FormStart | undefined } | undefined;
  sheet: SheetHeight;
  sheetOver: SheetOver | undefined;
  detailWidth: number;
  set(change: Partial<Omit<PanelState, 'set'>>): void;
}

export const usePanels = create<PanelState>((set) => ({
  left: true,
  leftTab: 'incidents',
  filters: false,
  timeline: true,
  legend: false,
  shortcuts: false,
  form: undefined,
  sheet: 'low',
  sheetOver: undefined,
  detailWidth: 384,
  set: (change) => set(change),
}));
