import { type Static, Type } from 'typebox';
import { AreaCode } from './area.ts';
import { ElectionStage } from './stage.ts';

const KEY = '^[a-z][a-z0-9-]*$';
const Name = Type.String({ minLength: 1, maxLength: 120 });
/** The regulation, and where its dates were read. */
const Source = Type.String({ minLength: 1, maxLength: 500 });

/**
 * A stage with its source. Stages of different elections are the same stage when their keys are: `campaign`, `quiet`, `vote`,
 * `recapitulation`, … mean the same everywhere.
 */
export const CalendarStage = Type.Object(
  {
    ...ElectionStage.properties,
    key: Type.String({ pattern: KEY, maxLength: 40 }),
    name: Name,
    nameEn: Name,
    source: Source,
  },
  { additionalProperties: false },
);
export type CalendarStage = Static<typeof CalendarStage>;

/** An election's calendar, built in or of one's own. What a schema cannot say is checked by `calendarProblems`. */
export const ElectionCalendar = Type.Object(
  {
    id: Type.String({ pattern: KEY, maxLength: 40 }),
    name: Name,
    nameEn: Name,
    /** Pemilu elects parliaments and the president, Pilkada heads of regions, Pilkades the head of a desa. */
    kind: Type.Enum(['pemilu', 'pilkada', 'pilkades', 'other']),
    /** Where people vote: the whole country, or the areas of these codes and all within them. */
    jurisdiction: Type.Union([
      Type.Literal('national'),
      Type.Array(AreaCode, { minItems: 1, maxItems: 1000, uniqueItems: true }),
    ]),
    /** In the order of time. */
    stages: Type.Array(CalendarStage, { minItems: 1, maxItems: 60 }),
  },
  { additionalProperties: false },
);
export type ElectionCalendar = Static<typeof ElectionCalendar>;

/** A calendar without its id, as it is written: the server gives a new one its id. */
export const CalendarBody = Type.Omit(ElectionCalendar, ['id'], { additionalProperties: false });
export type CalendarBody = Static<typeof CalendarBody>;

/** A calendar as `GET /api/calendars` lists it. */
export const ListedCalendar = Type.Object({
  ...ElectionCalendar.properties,
  origin: Type.Enum(['built-in', 'demonstration', 'own']),
  /** To be sent in If-Match by who changes it; null where nobody can. */
  version: Type.Union([Type.Integer(), Type.Null()]),
  /** Whether whoever asks may change it. */
  mayChange: Type.Boolean(),
});
export type ListedCalendar = Static<typeof ListedCalendar>;
