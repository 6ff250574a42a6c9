import { type Static, Type } from 'typebox';

/** A stage (tahapan) of an election. Days are ISO dates in the area's own zone; the last one is included. */
export const ElectionStage = Type.Object({
  key: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  startsOn: Type.String({ format: 'date' }),
  endsOn: Type.String({ format: 'date' }),
});
export type ElectionStage = Static<typeof ElectionStage>;

/** Answer to `GET /api/stages`; without an election the calendar is null and there are no stages. */
export const ElectionStages = Type.Object({
  calendar: Type.Union([Type.String(), Type.Null()]),
  /** In the order of time. */
  stages: Type.Array(ElectionStage),
  source: Type.Union([Type.String(), Type.Null()]),
});
export type ElectionStages = Static<typeof ElectionStages>;
