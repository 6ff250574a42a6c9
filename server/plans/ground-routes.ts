import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AREA_CODE_PATTERN } from '../../shared/area-code.ts';
import { fieldError } from '../../shared/errors.ts';
import { DateTime } from '../../shared/schemas/fields.ts';
import { PLAN_LEVELS, PlanBorders, PlanGround, PlanWorkload } from '../../shared/schemas/plan.ts';
import { wholeAreas } from '../access/scope.ts';
import { sendReady } from '../ready-body.ts';
import { requirePaintable, widest } from './areas.ts';
import type { Grounds } from './grounds.ts';
import { Streets, workloadOf } from './workload.ts';

/** Areas that may be named, as in a plan. */
const MOST_NAMED = 200;
const JSON_TYPE = 'application/json; charset=utf-8';

const asked = {
  level: Type.Enum(PLAN_LEVELS),
  areas: Type.String({ maxLength: MOST_NAMED * 25, description: 'Codes, separated by commas' }),
};
const GroundQuery = Type.Object(asked, { additionalProperties: false });
const WorkloadQuery = Type.Object({ ...asked, from: DateTime, to: DateTime }, { additionalProperties: false });
const UNCHANGED = { description: 'Unchanged', type: 'null' } as const;
const config = { access: 'plan.read' as const };

/** What plans are painted from: the areas, their borders, and what there is to be looked after in each. */
export const groundRoutes: FastifyPluginAsyncTypebox<{ grounds: Grounds }> = async (http, { grounds }) => {
  const streets = new Streets();

  http.get(
    '/api/plans/ground',
    {
      config,
      schema: {
        summary:
          'What a plan is painted from: RW or desa within areas, and which share a border; kept until areas are imported',
        querystring: GroundQuery,
        response: { 200: Type.Unsafe<Buffer>(PlanGround), 304: UNCHANGED },
      },
    },
    async (request, reply) => {
      const areas = await readAreas(request, request.query);
      const { ground } = await grounds.bodies(request.db, request.query.level, areas);
      return sendReady(ground, JSON_TYPE, request.headers, reply);
    },
  );

  http.get(
    '/api/plans/borders',
    {
      config,
      schema: {
        summary: 'Every border of what a plan is painted from, once, for drawing; kept until areas are imported',
        querystring: GroundQuery,
        response: { 200: Type.Unsafe<Buffer>(PlanBorders), 304: UNCHANGED },
      },
    },
    async (request, reply) => {
      const areas = await readAreas(request, request.query);
      const { borders } = await grounds.bodies(request.db, request.query.level, areas);
      return sendReady(borders, JSON_TYPE, request.headers, reply);
    },
  );

  http.get(
    '/api/plans/workload',
    {
      config,
      schema: {
        summary:
          'What there is in each area that a plan is painted from: incidents of a period by severity (verified ones that no patrol found), streets, households, polling stations, guard posts',
        querystring: WorkloadQuery,
        response: { 200: PlanWorkload },
      },
    },
    async (request) => {
      const { level, from, to } = request.query;
      const span = { from: new Date(from), to: new Date(to) };
      if (span.from >= span.to)
        throw fieldError(
          'invalid_request',
          'query.to',
          'is not after from; the end itself does not belong to the period',
        );
      return workloadOf(request, streets, { level, areas: await readAreas(request, request.query), span });
    },
  );
};

/** The areas that are asked for. Throws `invalid_request` or `forbidden`. */
async function readAreas(
  { db, scope }: FastifyRequest,
  { level, areas }: Static<typeof GroundQuery>,
): Promise<string[]> {
  const field = 'query.areas';
  const codes = areas.split(',').map((code) => code.trim());
  const wrong = codes.find((code) => !new RegExp(AREA_CODE_PATTERN).test(code));
  if (wrong !== undefined)
    throw fieldError(
      'invalid_request',
      field,
      `holds “${wrong}”, which is no code of an area, such as 52.71; separate codes by commas`,
    );
  const named = widest(codes);
  if (named.length > MOST_NAMED)
    throw fieldError(
      'invalid_request',
      field,
      `names ${named.length} areas, more than ${MOST_NAMED}; name what contains them`,
    );
  await requirePaintable(db, wholeAreas(scope), level, named, {
    field,
    code: 'invalid_request',
    each: false,
  });
  return named;
}
