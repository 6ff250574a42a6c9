import { Type } from 'typebox';

/** ISO 8601 with its distance from UTC. */
export const DateTime = Type.String({ format: 'date-time', maxLength: 40 });
/** ISO date: `2026-11-22`. */
export const Day = Type.String({ format: 'date', maxLength: 10 });
/** Id of a row that the database numbered. */
export const RowId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

/** The schema, or `null`. */
export const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** An object of these fields and of no others, at least `minProperties` of them. */
export const body = <Fields extends Parameters<typeof Type.Object>[0]>(fields: Fields, minProperties = 0) =>
  Type.Object(fields, { additionalProperties: false, minProperties });
