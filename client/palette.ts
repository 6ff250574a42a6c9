import type { IncidentCategory, Severity } from '../shared/schemas/incident.ts';
import type { Organisation } from '../shared/schemas/unit.ts';

/** Every colour and symbol that carries meaning, the same on the map, in donuts, lists and charts. */
export type Theme = 'dark' | 'light';

/** Neutral greys that carry structure. Text on `page`, `panel` and `raised` reaches AA; `text` reaches AAA. */
export interface Surfaces {
  page: string;
  panel: string;
  raised: string;
  /** Fill of areas on the map, and of the land around them. */
  area: string;
  water: string;
  hairline: string;
  text: string;
  dimmed: string;
  focus: string;
  /** Icons inside a marker filled with a category's colour. */
  markerInk: string;
  /** Hairline around a marker, so that it stands off whatever is under it. */
  markerEdge: string;
}

export const SURFACES: Record<Theme, Surfaces> = {
  dark: {
    page: '#0E1726',
    panel: '#131F33',
    raised: '#1B2840',
    area: '#1B2840',
    water: '#0A111D',
    hairline: '#2D3D5A',
    text: '#EDF2FA',
    dimmed: '#A9B7CD',
    focus: '#8CC8FF',
    markerInk: '#0A111D',
    markerEdge: '#0A111D',
  },
  light: {
    page: '#EEF2F7',
    panel: '#FFFFFF',
    raised: '#F4F7FB',
    area: '#FBFCFE',
    water: '#D5E1EE',
    hairline: '#C9D3E0',
    text: '#0E1726',
    dimmed: '#49566B',
    focus: '#0B5CAD',
    markerInk: '#FFFFFF',
    markerEdge: '#FFFFFF',
  },
};

/** Colours with one meaning each: red is only SOS and overdue, amber only waiting. */
export const SIGNALS: Record<Theme, { alert: string; waiting: string; live: string; stale: string }> = {
  dark: { alert: '#FF4D4F', waiting: '#FFB224', live: '#4CC38A', stale: '#8796AF' },
  light: { alert: '#C11D2B', waiting: '#8F5400', live: '#137A49', stale: '#5C697D' },
};

/**
 * Seven hues that stay apart (OKLab ≥ 0.065) for protan, deutan and tritan eyes, from one another and from the signals,
 * with ≥ 3:1 against the area fill. Found by search; tests/unit/client/palette.test.ts keeps them so.
 */
export const CATEGORY_COLOURS: Record<Theme, Record<IncidentCategory, string>> = {
  dark: {
    kamtibmas: '#3C97FE',
    pemilu: '#BE55B7',
    bencana: '#379B55',
    lalu_lintas: '#C0C194',
    sar: '#46CBED',
    narkotika: '#CB8BA5',
    lainnya: '#DEE9F5',
  },
  light: {
    kamtibmas: '#2238BB',
    pemilu: '#9F43DF',
    bencana: '#287554',
    lalu_lintas: '#8D8B60',
    sar: '#1091B6',
    narkotika: '#F339A9',
    lainnya: '#404952',
  },
};

/** Severity is size and ring, never another hue. Pixels of a marker's disc radius, and of the rings around it. */
export const SEVERITY_SIZES: Record<Severity, { radius: number; rings: 0 | 1 | 2; ringWidth: number }> = {
  low: { radius: 8, rings: 0, ringWidth: 0 },
  moderate: { radius: 10, rings: 0, ringWidth: 0 },
  serious: { radius: 11, rings: 1, ringWidth: 2 },
  critical: { radius: 12, rings: 2, ringWidth: 2.5 },
};

/** Outlines in a 24 × 24 box centred on (12, 12), pointing up; SVG path data, also for Path2D. */
export const UNIT_SHAPES = {
  shield: 'M12 2 20 5v6c0 5.2-3.2 8.9-8 11-4.8-2.1-8-5.8-8-11V5z',
  hexagon: 'M12 2 20.7 7v10L12 22 3.3 17V7z',
  lantern: 'M9 2h6v3h2l2 4v7l-3 6H8l-3-6V9l2-4h2z',
  chevron: 'M12 2 22 12v10L12 13.5 2 22V12z',
  square: 'M4 4h16v16H4z',
  pentagon: 'M12 2 22 9.5 18.2 21H5.8L2 9.5z',
  triangle: 'M12 2 22.5 21h-21z',
  flame: 'M12 1.5c1 4 8 7.5 8 13.5a8 8 0 0 1-16 0c0-3 1.5-5 3-6.5.4 1.8 1.2 2.6 2 3C9 8 10 4 12 1.5z',
  cross: 'M8 2h8v6h6v8h-6v6H8v-6H2V8h6z',
  diamond: 'M12 1.5 22.5 12 12 22.5 1.5 12z',
  circle: 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z',
} as const;
export type UnitShape = keyof typeof UNIT_SHAPES;

/** Colour by kind of organisation (police, army, community, civil protection), shape by the organisation itself. */
const KINDS: Record<Theme, { police: string; army: string; community: string; rescue: string }> = {
  dark: { police: '#A9C8FF', army: '#B7CF8E', community: '#F0DCA8', rescue: '#F5F7FA' },
  light: { police: '#1F4E9E', army: '#4A6320', community: '#6E5417', rescue: '#333B47' },
};

const ORGANISATION_KINDS: Record<Organisation, keyof (typeof KINDS)['dark']> = {
  polri: 'police',
  senkom: 'community',
  ronda: 'community',
  babinsa: 'army',
  linmas: 'community',
  satpol_pp: 'police',
  bpbd: 'rescue',
  damkar: 'rescue',
  pmi: 'rescue',
  basarnas: 'rescue',
  pokdarkamtibmas: 'community',
};

export const ORGANISATION_SHAPES: Record<Organisation, UnitShape> = {
  polri: 'shield',
  senkom: 'hexagon',
  ronda: 'lantern',
  babinsa: 'chevron',
  linmas: 'square',
  satpol_pp: 'pentagon',
  bpbd: 'triangle',
  damkar: 'flame',
  pmi: 'cross',
  basarnas: 'diamond',
  pokdarkamtibmas: 'circle',
};

/** The fill of a unit's symbol. */
export function organisationColour(organisation: Organisation, theme: Theme): string {
  return KINDS[theme][ORGANISATION_KINDS[organisation]];
}

/** Minutes since the last fix at which a unit's symbol fades a step further; from the last one on it is stale (posisi lama). */
export const UNIT_AGE_STEPS_MINUTES = [2, 5, 15] as const;
