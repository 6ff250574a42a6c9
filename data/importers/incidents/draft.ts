import { createHash } from 'node:crypto';
import { findPersonalData } from '../../../shared/personal-data.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentCategory,
  type IncidentSource,
  type IncidentStatus,
  SEVERITIES,
  type Severity,
} from '../../../shared/schemas/incident.ts';
import type { ColumnMap, Field } from './columns.ts';
import { type DayOrder, readTime, type WallTime } from './times.ts';
import { LEVELS, plain, SOURCES, STATUSES } from './words.ts';

/** An incident as its row describes it; what depends on its area (and its time zone with that) comes later. */
export interface IncidentDraft {
  /** The register's own id of it; `undefined` where it has none. */
  ownId: string | undefined;
  category: IncidentCategory;
  subcategory: string | null;
  severity: Severity;
  status: IncidentStatus;
  source: IncidentSource;
  title: string;
  description: string;
  place: string;
  time: WallTime;
  reported: WallTime | null;
  /** Degrees. */
  lon: number;
  lat: number;
  accuracyM: number | null;
}

/** What is wrong with a row: the field, its value as it stands there, and the problem with its remedy. */
export interface RowProblem {
  field: Field;
  value: string;
  problem: string;
}

export interface DraftOptions {
  /** Values for every row that has none of its own. */
  set: ColumnMap;
  categories: ReadonlyMap<string, IncidentCategory>;
  dates: DayOrder;
}

const LENGTHS = { title: 200, description: 4000, place: 300, subcategory: 60, id: 200 } as const;
/** What a row is taken to be where neither it nor `set` says: an entry of a register, closed long ago. */
export const DEFAULTS: ColumnMap = { severity: 'moderate', status: 'resolved', source: 'official' };

/** Reads a row, whose text of a field `text` gives. Returns the draft, or all that is wrong with the row. */
export function readDraft(text: (field: Field) => string, options: DraftOptions): IncidentDraft | RowProblem[] {
  const problems: RowProblem[] = [];
  const filled = (field: Field) => text(field) || options.set[field] || DEFAULTS[field] || '';
  const refuse = (field: Field, problem: string) => {
    problems.push({ field, value: text(field).slice(0, 80), problem });
    return undefined;
  };
  const choose = <Value extends string>(field: Field, known: ReadonlyMap<string, Value>, values: readonly string[]) =>
    known.get(plain(filled(field))) ??
    refuse(
      field,
      filled(field) === ''
        ? `is blank; give it, or all such rows one with --set ${field}=${values[0]}`
        : `is none of ${values.join(', ')}${field === 'category' ? '; say what it stands for with --categories WORD=CATEGORY' : ''}`,
    );
  const words = (field: 'title' | 'description' | 'place' | 'subcategory' | 'id') => {
    const value = filled(field).replaceAll('\0', '').trim();
    if (value.length > LENGTHS[field]) refuse(field, `is longer than ${LENGTHS[field]} characters; shorten it`);
    return value;
  };
  const moment = (field: 'time' | 'reported') => {
    const value = filled(field);
    if (value === '') return field === 'time' ? refuse(field, 'is blank; give the day, at least') : undefined;
    const read = readTime(value, field === 'time' ? filled('clock') : '', options.dates);
    return typeof read === 'string' ? refuse(field, read) : read;
  };
  const degrees = (field: 'lat' | 'lon', most: number) => {
    const value = numberOf(filled(field));
    if (value === undefined) return refuse(field, 'is no number; give degrees such as -8.5833');
    if (Math.abs(value) <= most) return value;
    return refuse(
      field,
      Math.abs(value) <= 180
        ? `is not between -${most} and ${most}; are latitude and longitude exchanged?`
        : `is not between -${most} and ${most}; convert the coordinates to degrees of WGS 84 (EPSG:4326)`,
    );
  };

  const time = moment('time');
  const [lat, lon] = [degrees('lat', 90), degrees('lon', 180)];
  if (lat === 0 && lon === 0)
    refuse('lat', 'and the longitude are 0, which stands for an unknown place; give the true one');
  const category = choose('category', options.categories, INCIDENT_CATEGORIES);
  const severity = choose('severity', LEVELS, SEVERITIES);
  const status = choose('status', STATUSES, INCIDENT_STATUSES);
  const source = choose('source', SOURCES, INCIDENT_SOURCES);
  const accuracy = filled('accuracy') === '' ? null : numberOf(filled('accuracy'));
  if (accuracy === undefined || (accuracy !== null && (accuracy < 0 || accuracy > 100_000)))
    refuse('accuracy', 'is no number of metres between 0 and 100000; correct it, or leave it blank');
  const reported = moment('reported') ?? null;
  const kind = text('category').trim();
  // The register's own word, where it says more than the category that it was taken for.
  const subcategory =
    words('subcategory') || (plain(kind) === plain(category ?? '') ? '' : kind.slice(0, LENGTHS.subcategory));
  const [ownId, description, place] = [words('id'), words('description'), words('place')];
  const title = words('title') || subcategory || (category ?? '');
  if (problems.length > 0 || !time || lat === undefined || lon === undefined) return problems;
  if (!category || !severity || !status || !source || accuracy === undefined) return problems;
  return {
    ownId: ownId || undefined,
    category,
    subcategory: subcategory || null,
    severity,
    status,
    source,
    title,
    description,
    place,
    time,
    reported,
    lon,
    lat,
    accuracyM: accuracy,
  };
}

/** A number with a decimal point or, as Indonesian tables write it, a comma. */
function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d{1,2})?$/i.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined;
}

/** Whether a text of it looks as if it held personal data. */
export function holdsPersonalData({ title, description, place }: IncidentDraft): boolean {
  return [title, description, place].some((text) => findPersonalData(text).length > 0);
}

/** SHA-256 (hex) of all that a draft says, for rows read by the same time zone (`undefined`: that of each area). */
export function hashOf(draft: IncidentDraft, zone: string | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([draft, zone]))
    .digest('hex');
}

/**
 * The id that an incident keeps however often it is imported: a UUID of version 8, of the register and its id there.
 * Without an id there, `content` and how many rows with just that content came before tell it from others.
 */
export function stableId(register: string, ownId: string | undefined, content: string, before: number): string {
  const name = JSON.stringify(ownId === undefined ? [register, content, before] : [register, ownId]);
  const hash = createHash('sha256').update(`ronda incident\0${name}`).digest();
  hash.writeUInt8(((hash[6] ?? 0) & 0x0f) | 0x80, 6);
  hash.writeUInt8(((hash[8] ?? 0) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
