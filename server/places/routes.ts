import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { parseBbox } from '../../shared/geo/bbox.ts';
import { searchKey } from '../../shared/geo/names.ts';
import { Place, PlaceKindSchema } from '../../shared/schemas/place.ts';
import type { Db } from '../database/connection.ts';
import { searchPlaces } from './queries.ts';

const Search = Type.Object(
  {
    /** `west,south,east,north`, degrees. */
    bbox: Type.Optional(Type.String({ maxLength: 200 })),
    kind: Type.Optional(PlaceKindSchema),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Integer({ minimum: 1, maximum: 5000, default: 500 }),
  },
  { additionalProperties: false },
);

/** Fixed places: guard posts, stations, polling stations. */
export const placeRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (http, { db }) => {
  http.get(
    '/api/places',
    {
      schema: {
        summary: 'Fixed places in a window, of a kind, by name',
        querystring: Search,
        response: { 200: Type.Object({ places: Type.Array(Place) }) },
      },
    },
    async ({ query: { bbox, kind, q, limit } }) => ({
      places: await searchPlaces(db, {
        bbox: bbox === undefined ? undefined : parseBbox(bbox),
        kind,
        key: searchKey(q ?? ''),
        limit,
      }),
    }),
  );
};
