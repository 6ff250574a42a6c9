import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { parseBbox } from '../../shared/geo/bbox.ts';
import { searchKey } from '../../shared/geo/names.ts';
import { Place, PlaceKindSchema } from '../../shared/schemas/place.ts';
import { findPlace, searchPlaces } from './queries.ts';

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

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const Nothing = Type.Object({}, { additionalProperties: false });

/** Fixed places: guard posts, stations, polling stations. */
export const placeRoutes: FastifyPluginAsyncTypebox = async (http) => {
  http.get(
    '/api/places',
    {
      config: { access: 'place.read' },
      schema: {
        summary: 'Fixed places in a window, of a kind, by name',
        querystring: Search,
        response: { 200: Type.Object({ places: Type.Array(Place) }) },
      },
    },
    async ({ db, scope, query: { bbox, kind, q, limit } }) => ({
      places: await searchPlaces(db, scope, {
        bbox: bbox === undefined ? undefined : parseBbox(bbox),
        kind,
        key: searchKey(q ?? ''),
        limit,
      }),
    }),
  );

  http.get(
    '/api/places/:id',
    {
      config: { access: 'place.read' },
      schema: { summary: 'One fixed place', params: Id, querystring: Nothing, response: { 200: Place } },
    },
    async ({ db, scope, params: { id } }) => {
      const place = await findPlace(db, scope, id);
      if (!place)
        throw new RondaError('not_found', `params.id: no place has the id ${id}; search with GET /api/places?q=.`);
      return place;
    },
  );
};
