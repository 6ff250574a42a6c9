import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { FULL_BAND } from '../../shared/geo/bands.ts';
import { AreaCode, AreaDetail, AreaFeature, AreaHit, AreaLevelSchema, AreaSummary } from '../../shared/schemas/area.ts';
import { areasAt } from '../database/area-lookup.ts';
import type { Db } from '../database/connection.ts';
import { findArea, findGeometry, lastDayOf, searchAreas, successorsOf } from './queries.ts';
import { readSearch } from './search.ts';

const Point = Type.Object(
  { lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
  { additionalProperties: false },
);

const Search = Type.Object(
  {
    level: Type.Optional(AreaLevelSchema),
    parent: Type.Optional(AreaCode),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 20 }),
  },
  { additionalProperties: false },
);

const Code = Type.Object({ code: AreaCode });
const Nothing = Type.Object({}, { additionalProperties: false });
const Band = Type.Object(
  { band: Type.Optional(Type.Integer({ minimum: 0, maximum: FULL_BAND })) },
  { additionalProperties: false },
);

/** Administrative areas: at a point, by name or code, and their shapes. */
export const areaRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (http, { db }) => {
  http.get(
    '/api/areas/at',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The area of every level at a point, widest first',
        querystring: Point,
        response: { 200: Type.Object({ areas: Type.Array(AreaHit) }) },
      },
    },
    async ({ query }) => ({ areas: await areasAt(db, query.lon, query.lat) }),
  );

  http.get(
    '/api/areas',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Search by name or code, best first; without q, what lies beneath parent',
        querystring: Search,
        response: { 200: Type.Object({ areas: Type.Array(AreaSummary) }) },
      },
    },
    async ({ query }) => ({ areas: await searchAreas(db, readSearch(query), query.limit) }),
  );

  http.get(
    '/api/areas/:code',
    {
      config: { access: 'public' },
      schema: { summary: 'One area', params: Code, querystring: Nothing, response: { 200: AreaDetail } },
    },
    async ({ params }) => (await findArea(db, params.code)) ?? (await notInForce(db, params.code)),
  );

  http.get(
    '/api/areas/:code/geometry',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Shape of an area as GeoJSON, in full or simplified for a zoom band',
        params: Code,
        querystring: Band,
        response: { 200: AreaFeature },
      },
    },
    async ({ params, query }) => {
      const found = (await findGeometry(db, params.code, query.band)) ?? (await notInForce(db, params.code));
      const { name, level, coordinates } = found;
      return {
        type: 'Feature' as const,
        properties: { code: params.code, name, level },
        geometry: { type: 'MultiPolygon' as const, coordinates },
      };
    },
  );
};

/** Throws the error for a code that names no area in force: with its successors or its last day, where it had any. */
async function notInForce(db: Db, code: string): Promise<never> {
  const successors = await successorsOf(db, code);
  if (successors.length === 0) {
    const lastDay = await lastDayOf(db, code);
    if (lastDay) {
      throw new RondaError(
        'area_replaced',
        `params.code: ${code} is no longer in force; its last day was ${lastDay}. Nothing is known to have taken its place.`,
      );
    }
    throw new RondaError('not_found', `params.code: no area has the code ${code}; search with GET /api/areas?q=.`);
  }
  const names = successors.map((next) => next.code).join(', ');
  throw new RondaError('area_replaced', `params.code: ${code} is no longer in force; it became ${names}.`, {
    successors,
    details: successors.map((next) => ({
      field: 'params.code',
      problem: `became ${next.code}${next.since ? ` on ${next.since}` : ''}`,
    })),
  });
}
