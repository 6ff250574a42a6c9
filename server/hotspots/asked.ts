import { type Static, Type } from 'typebox';
import { AREA_LEVELS, levelOfCode } from '../../shared/area-code.ts';
import { fieldError, type RondaError } from '../../shared/errors.ts';
import { AreaCode } from '../../shared/schemas/area.ts';
import { COUNT_LEVELS, type CountLevel, countedQuery, GRID_SHAPES } from '../../shared/schemas/hotspot.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from '../../shared/schemas/incident.ts';

const Cursor = Type.Optional(Type.String({ maxLength: 200 }));
/** The longest step of a series. */
export const LONGEST_STEP_DAYS = 92;
const closed = { additionalProperties: false } as const;

export const AreasQuery = Type.Object({ ...countedQuery, level: Type.Enum(COUNT_LEVELS), cursor: Cursor }, closed);
export const CellsQuery = Type.Object(
  { ...countedQuery, shape: Type.Enum(GRID_SHAPES), metres: Type.Number({ minimum: 100, maximum: 50_000 }) },
  closed,
);
export const SeriesQuery = Type.Object(
  {
    ...countedQuery,
    level: Type.Optional(Type.Enum(COUNT_LEVELS)),
    stepDays: Type.Integer({ minimum: 1, maximum: LONGEST_STEP_DAYS }),
  },
  closed,
);
export const PointsQuery = Type.Object({ ...countedQuery, cursor: Cursor }, closed);
export const NeighboursQuery = Type.Object({ level: Type.Enum(COUNT_LEVELS), area: Type.Optional(AreaCode) }, closed);

/** From its beginning up to, not including, its end. */
export interface Span {
  from: Date;
  to: Date;
}

/** Which incidents are counted. Absent lists narrow nothing. */
export interface Asked {
  period: Span;
  baseline: Span | null;
  categories: string[] | null;
  subcategories: string[] | null;
  severities: string[] | null;
  area: string | null;
  /** Whether what patrols found is counted. */
  patrol: boolean;
  /** Whether what is not or cannot be verified is counted. */
  unverified: boolean;
}

const CountedQuery = Type.Object(countedQuery);

/** Reads what is counted. Throws `invalid_request` that names the parameter. */
export function readAsked(query: Static<typeof CountedQuery>): Asked {
  return {
    period: readSpan(query.from, query.to, 'to', 'from'),
    baseline: readBaseline(query),
    categories: readKnown('categories', query.categories, INCIDENT_CATEGORIES),
    subcategories: readList('subcategories', query.subcategories),
    severities: readKnown('severities', query.severities, SEVERITIES),
    area: query.area ?? null,
    patrol: query.patrol ?? false,
    unverified: query.unverified ?? false,
  };
}

/** Throws `invalid_request` where the places asked for are wider than the area that they should lie in. */
export function checkLevel(level: CountLevel, area: string | null): void {
  const outer = area === null ? undefined : levelOfCode(area);
  if (outer === undefined || AREA_LEVELS.indexOf(level) >= AREA_LEVELS.indexOf(outer)) return;
  throw invalid('level', `is wider than the area ${area}, a ${outer}; ask for ${outer} or a narrower level`);
}

/** An error of the query that names its parameter. */
export function invalid(name: string, problem: string): RondaError {
  const field = `query.${name}`;
  return fieldError('invalid_request', field, problem);
}

function readBaseline({ baselineFrom, baselineTo }: Static<typeof CountedQuery>): Span | null {
  if (baselineFrom === undefined && baselineTo === undefined) return null;
  if (baselineFrom === undefined) throw invalid('baselineFrom', 'is missing: a baseline has a beginning, too');
  if (baselineTo === undefined) throw invalid('baselineTo', 'is missing: a baseline has an end, too');
  return readSpan(baselineFrom, baselineTo, 'baselineTo', 'baselineFrom');
}

function readSpan(from: string, to: string, toName: string, fromName: string): Span {
  const span = { from: new Date(from), to: new Date(to) };
  if (span.from < span.to) return span;
  throw invalid(toName, `is not after ${fromName}; the end itself does not belong to the span`);
}

function readKnown<Value extends string>(
  name: string,
  text: string | undefined,
  known: readonly Value[],
): string[] | null {
  const values = readList(name, text);
  if (values?.every((value) => known.some((other) => other === value)) ?? true) return values;
  throw invalid(name, `has a value that is not known; use ${known.join(', ')}`);
}

/** In one order, so that the same question is the same text. */
function readList(name: string, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const values = text.split(',').map((part) => part.trim());
  if (values.includes('')) throw invalid(name, 'has an empty value; separate values by one comma each');
  return [...new Set(values)].sort();
}
