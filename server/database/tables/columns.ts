import type { ColumnType } from 'kysely';

/** A geometry column: read and written only through ST_… functions, never as a plain value. */
export type Geometry = ColumnType<never, unknown, unknown>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A column that the database computes. */
export type Computed<T> = ColumnType<T, never, never>;
export type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
