import { AREA_CODE_PATTERN } from '../../shared/area-code.ts';
import { INCIDENT_CATEGORIES, INCIDENT_SOURCES, INCIDENT_STATUSES, SEVERITIES } from '../../shared/schemas/incident.ts';
import {
  ADMIN_SECTIONS,
  type AdminSection,
  type IncidentFilter,
  NO_FILTER,
  ROOMS,
  type Selection,
  type ViewState,
} from './view.ts';

/** Where the map looks: degrees and MapLibre's zoom. */
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

/** The part of the view that a link carries. */
export type LinkedView = Pick<
  ViewState,
  | 'room'
  | 'selection'
  | 'filter'
  | 'layers'
  | 'trail'
  | 'theme'
  | 'language'
  | 'wall'
  | 'admin'
  | 'analysis'
  | 'saved'
  | 'plan'
>;

const ADMIN_WORDS: Record<AdminSection, string> = {
  people: 'orang',
  jurisdictions: 'wilayah-hukum',
  devices: 'perangkat',
  'break-glass': 'akses-darurat',
  audit: 'audit',
};
const LAYERS = ['areas', 'units', 'incidents', 'heat', 'places'] as const;
const DEFAULT_LAYERS: ViewState['layers'] = { areas: true, units: true, incidents: true, heat: false, places: true };
/** What lies over figures and zones steps back; it can be switched on again by hand. */
const QUIET_LAYERS: ViewState['layers'] = { ...DEFAULT_LAYERS, units: false, incidents: false, places: false };
/** What the room writes; it is read by the room alone, which may not be here yet. */
const ANALYSIS = /^[\w.,~-]{1,20000}$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const AREA_CODE = new RegExp(AREA_CODE_PATTERN);

/** The layers of a room until somebody chooses others. */
export function layersOf(room: ViewState['room']): ViewState['layers'] {
  return room === 'operasi' ? DEFAULT_LAYERS : QUIET_LAYERS;
}

/** What a link says when it says nothing. */
export const DEFAULT_VIEW: LinkedView = {
  room: 'operasi',
  selection: undefined,
  filter: NO_FILTER,
  layers: DEFAULT_LAYERS,
  trail: true,
  theme: 'dark',
  language: 'id',
  wall: false,
  admin: undefined,
  analysis: undefined,
  saved: undefined,
  plan: undefined,
};

/** The query string of a view, without what is at its default: `ruang=analisis&peta=12.50/-8.58300/116.10000&jam=24`. */
export function encodeView(view: LinkedView, camera: Camera | undefined): string {
  const parts: string[] = [];
  const add = (key: string, value: string | undefined) => {
    if (value) parts.push(`${key}=${value}`);
  };
  const { filter, layers } = view;
  if (view.room !== 'operasi') add('ruang', view.room);
  if (camera) add('peta', `${camera.zoom.toFixed(2)}/${camera.lat.toFixed(5)}/${camera.lon.toFixed(5)}`);
  if (view.selection) add('pilih', encodeSelection(view.selection));
  add('kategori', filter.categories.join(','));
  add('keparahan', filter.severities.join(','));
  add('status', filter.statuses.join(','));
  add('sumber', filter.sources.join(','));
  if (filter.hours !== NO_FILTER.hours) add('jam', filter.hours === undefined ? 'semua' : String(filter.hours));
  add('wilayah', filter.area);
  if (filter.between) add('waktu', filter.between.map((ms) => Math.round(ms)).join('-'));
  const usual = layersOf(view.room);
  if (LAYERS.some((name) => layers[name] !== usual[name])) {
    add('lapisan', LAYERS.filter((name) => layers[name]).join(',') || 'kosong');
  }
  if (!view.trail) add('jejak', '0');
  if (view.theme !== 'dark') add('tema', 'terang');
  if (view.language !== 'id') add('bahasa', view.language);
  if (view.wall) add('dinding', '1');
  if (view.admin) add('kelola', ADMIN_WORDS[view.admin]);
  add('analisis', view.analysis);
  add('rencana', view.plan);
  if (view.saved) add(view.saved.print ? 'cetak' : 'simpanan', view.saved.id);
  return parts.join('&');
}

/** Reads a link's query. What it does not say, or says wrongly, is at its default. */
export function parseView(query: string): { view: LinkedView; camera: Camera | undefined } {
  const params = new URLSearchParams(query);
  const layers = params.get('lapisan')?.split(',');
  const area = params.get('wilayah') ?? '';
  const analysis = params.get('analisis') ?? '';
  const print = params.get('cetak');
  const saved = print ?? params.get('simpanan') ?? '';
  const plan = params.get('rencana') ?? '';
  const filter: IncidentFilter = {
    categories: known(params.get('kategori'), INCIDENT_CATEGORIES),
    severities: known(params.get('keparahan'), SEVERITIES),
    statuses: known(params.get('status'), INCIDENT_STATUSES),
    sources: known(params.get('sumber'), INCIDENT_SOURCES),
    hours: parseHours(params.get('jam')),
    area: AREA_CODE.test(area) ? area : undefined,
    between: parseBetween(params.get('waktu')),
  };
  const room = ROOMS.find((room) => room === params.get('ruang')) ?? 'operasi';
  return {
    view: {
      room,
      selection: parseSelection(params.get('pilih')),
      filter,
      layers: layers
        ? {
            areas: layers.includes('areas'),
            units: layers.includes('units'),
            incidents: layers.includes('incidents'),
            heat: layers.includes('heat'),
            places: layers.includes('places'),
          }
        : layersOf(room),
      trail: params.get('jejak') !== '0',
      theme: params.get('tema') === 'terang' ? 'light' : 'dark',
      language: params.get('bahasa') === 'en' ? 'en' : 'id',
      wall: params.get('dinding') === '1',
      admin: ADMIN_SECTIONS.find((name) => ADMIN_WORDS[name] === params.get('kelola')),
      analysis: ANALYSIS.test(analysis) ? analysis : undefined,
      saved: UUID.test(saved) ? { id: saved, print: print !== null } : undefined,
      plan: UUID.test(plan) ? plan : undefined,
    },
    camera: parseCamera(params.get('peta')),
  };
}

function encodeSelection(selection: Selection): string {
  return `${selection.kind}:${selection.kind === 'area' ? selection.code : encodeURIComponent(selection.id)}`;
}

function parseSelection(text: string | null): Selection | undefined {
  const [, kind, id = ''] = /^(incident|unit|area|place):(.+)$/s.exec(text ?? '') ?? [];
  if (kind === 'incident') return /^[0-9a-f-]{36}$/i.test(id) ? { kind, id } : undefined;
  if (kind === 'unit') return /^\d{1,10}$/.test(id) ? { kind, id: Number(id) } : undefined;
  if (kind === 'area') return AREA_CODE.test(id) ? { kind, code: id } : undefined;
  return kind === 'place' ? { kind, id } : undefined;
}

function parseCamera(text: string | null): Camera | undefined {
  const [zoom, lat, lon] = (text ?? '').split('/').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (zoom === undefined || lat === undefined || lon === undefined) return undefined;
  const good = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return good ? { lon, lat, zoom } : undefined;
}

function parseHours(text: string | null): number | undefined {
  if (text === 'semua') return undefined;
  const hours = Number(text);
  return text && Number.isInteger(hours) && hours > 0 && hours <= 100_000 ? hours : NO_FILTER.hours;
}

function parseBetween(text: string | null): [number, number] | undefined {
  const [, from, to] = /^(\d{1,14})-(\d{1,14})$/.exec(text ?? '') ?? [];
  return from && to && Number(from) < Number(to) ? [Number(from), Number(to)] : undefined;
}

/** The values of a comma list that are known, each once, in the order of the list of all. */
function known<T extends string>(text: string | null, all: readonly T[]): T[] {
  const named = new Set((text ?? '').split(','));
  return all.filter((value) => named.has(value));
}
