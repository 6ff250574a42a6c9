import type { CalendarBody, CalendarStage, ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';

export const KINDS = ['pemilu', 'pilkada', 'pilkades', 'other'] as const satisfies CalendarBody['kind'][];

/** A stage as it is typed. */
export interface StageDraft extends CalendarStage {
  /** Tells the rows of the form apart. `key` is empty for a stage of its own that has none yet. */
  row: number;
}

/** A calendar as it is typed; empty English names stand for the same name. */
export interface CalendarDraft extends Pick<CalendarBody, 'name' | 'nameEn' | 'kind'> {
  isNational: boolean;
  /** Codes. */
  areas: string[];
  stages: StageDraft[];
}

/** What is wrong with a field: a word for it, or what the server says. */
export type Problem = 'missing' | 'noAreas' | 'endsBefore' | 'twice' | 'outside' | { said: string };
/** By field, as in `name`, `areas`, `stages.0.endsOn`. */
export type Problems = Readonly<Record<string, Problem>>;

const KEY_LENGTH = 40;
let rows = 0;

/** An empty stage; the source is mostly that of the one before. */
export function newStage(source = ''): StageDraft {
  return { row: ++rows, key: '', name: '', nameEn: '', startsOn: '', endsOn: '', source };
}

export function newDraft(): CalendarDraft {
  return { name: '', nameEn: '', kind: 'pilkades', isNational: false, areas: [], stages: [newStage()] };
}

/** A calendar to be changed. */
export function draftOf({ name, nameEn, kind, jurisdiction, stages }: ElectionCalendar): CalendarDraft {
  return {
    ...{ name, nameEn: english(name, nameEn), kind },
    isNational: jurisdiction === 'national',
    areas: jurisdiction === 'national' ? [] : [...jurisdiction],
    stages: stages.map((stage) => ({ ...stage, nameEn: english(stage.name, stage.nameEn), row: ++rows })),
  };
}

/** What is typed as an English name; nothing where it is the same. */
const english = (name: string, nameEn: string) => (nameEn === name ? '' : nameEn);

/** The stages in the order of their first days, as the server wants them; those without one last. */
export function ordered(draft: CalendarDraft): CalendarDraft {
  const day = ({ startsOn }: StageDraft) => startsOn || '9999';
  return { ...draft, stages: draft.stages.toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0)) };
}

/** What has to be filled in or put right before it is worth sending; indexes are those of the draft's stages. */
export function problemsOf({ name, isNational, areas, stages }: CalendarDraft): Problems {
  const problems: Record<string, Problem> = {};
  if (!name.trim()) problems.name = 'missing';
  if (!isNational && areas.length === 0) problems.areas = 'noAreas';
  const keys = new Set<string>();
  for (const [at, stage] of stages.entries()) {
    for (const field of ['name', 'startsOn', 'endsOn', 'source'] as const)
      if (!stage[field].trim()) problems[`stages.${at}.${field}`] = 'missing';
    if (stage.startsOn && stage.endsOn && stage.endsOn < stage.startsOn) problems[`stages.${at}.endsOn`] = 'endsBefore';
    if (stage.key && keys.has(stage.key)) problems[`stages.${at}.key`] = 'twice';
    keys.add(stage.key);
  }
  return problems;
}

/** The calendar as the server takes it. */
export function bodyOf({ name, nameEn, kind, isNational, areas, stages }: CalendarDraft): CalendarBody {
  const taken = new Set(stages.map(({ key }) => key));
  const named = (own: string, english: string) => ({ name: own.trim(), nameEn: english.trim() || own.trim() });
  return {
    ...named(name, nameEn),
    kind,
    jurisdiction: isNational ? 'national' : areas,
    stages: stages.map((stage) => ({
      key: stage.key || ownKey(stage.name, taken),
      ...named(stage.name, stage.nameEn),
      startsOn: stage.startsOn,
      endsOn: stage.endsOn,
      source: stage.source.trim(),
    })),
  };
}

/** A key for a stage that no other election has: its name in letters of keys, numbered where that is taken. */
function ownKey(name: string, taken: Set<string>): string {
  const letters = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = `own-${letters || 'stage'}`.slice(0, KEY_LENGTH - 4);
  let key = base;
  for (let number = 2; taken.has(key); number++) key = `${base}-${number}`;
  taken.add(key);
  return key;
}

/** What the server says of fields, at the form's fields. */
export function problemsSaid(details: readonly { field: string; problem: string }[], isForbidden: boolean): Problems {
  return Object.fromEntries(
    details.map(({ field, problem }) => {
      const own = field.replace(/^body\./, '');
      if (own.startsWith('jurisdiction')) return ['areas', isForbidden ? 'outside' : { said: problem }];
      return [own, { said: problem }];
    }),
  );
}
