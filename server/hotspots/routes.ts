import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AreaCounts, AreaNeighbours, CellCounts, CountedPoints, CountSeries } from '../../shared/schemas/hotspot.ts';
import type { Answers } from './answers.ts';
import { countAreas, requireInForce } from './areas.ts';
import {
  AreasQuery,
  type Asked,
  CellsQuery,
  checkLevel,
  NeighboursQuery,
  PointsQuery,
  readAsked,
  SeriesQuery,
} from './asked.ts';
import { countCells } from './cells.ts';
import { neighboursOf } from './neighbours.ts';
import { listCounted } from './points.ts';
import { countSteps } from './series.ts';

const config = { access: 'incident.read' } as const;

/** Counts of incidents by area and by step of time, the counted incidents themselves, and which areas touch. */
export const hotspotRoutes: FastifyPluginAsyncTypebox<{ answers: Answers }> = async (http, { answers }) => {
  http.get(
    '/api/hotspots/areas',
    {
      config,
      schema: {
        summary: 'Incidents of a period, and of one to compare with, counted by area: in pages of 10,000 areas',
        querystring: AreasQuery,
        response: { 200: AreaCounts },
      },
    },
    async ({ db, scope, query }) => {
      const asked = readAsked(query);
      checkLevel(query.level, asked.area);
      await requireInForce({ db }, asked.area);
      return { ...spans(asked), ...(await countAreas(answers, { db, scope }, asked, query.level, query.cursor)) };
    },
  );

  http.get(
    '/api/hotspots/cells',
    {
      config,
      schema: {
        summary:
          'Incidents of a period, and of one to compare with, counted by square or hexagonal cell: at most 50,000 cells',
        querystring: CellsQuery,
        response: { 200: CellCounts },
      },
    },
    async ({ db, scope, query }) => {
      const asked = readAsked(query);
      const { shape, metres } = query;
      await requireInForce({ db }, asked.area);
      return { ...spans(asked), ...(await countCells(answers, { db, scope }, asked, { shape, metres })) };
    },
  );

  http.get(
    '/api/hotspots/series',
    {
      config,
      schema: {
        summary:
          'Incidents of a period counted by step of time, of all places together or by area: at most 3,660 steps, and 10,000,000 numbers (areas × steps)',
        querystring: SeriesQuery,
        response: { 200: CountSeries },
      },
    },
    async ({ db, scope, query }) => {
      const asked = readAsked(query);
      const level = query.level ?? null;
      if (level) checkLevel(level, asked.area);
      await requireInForce({ db }, asked.area);
      return { ...spans(asked), ...(await countSteps(answers, { db, scope }, asked, level, query.stepDays)) };
    },
  );

  http.get(
    '/api/hotspots/points',
    {
      config,
      schema: {
        summary: 'The counted incidents of a period themselves, oldest first, in pages of 10,000',
        querystring: PointsQuery,
        response: { 200: CountedPoints },
      },
    },
    async ({ db, scope, query }) => {
      const asked = readAsked(query);
      await requireInForce({ db }, asked.area);
      return { ...spans(asked), ...(await listCounted(answers, { db, scope }, asked, query.cursor)) };
    },
  );

  http.get(
    '/api/hotspots/neighbours',
    {
      config,
      schema: {
        summary: 'Which areas of a level touch each other, at a corner at least',
        querystring: NeighboursQuery,
        response: { 200: AreaNeighbours },
      },
    },
    async ({ db, scope, query }) => {
      const area = query.area ?? null;
      checkLevel(query.level, area);
      await requireInForce({ db }, area);
      return neighboursOf(answers, { db, scope }, query.level, area);
    },
  );
};

/** The spans of a question as its answer repeats them. */
function spans({ period, baseline }: Asked): Pick<AreaCounts, 'period' | 'baseline'> {
  const written = ({ from, to }: Asked['period']) => ({ from: from.toISOString(), to: to.toISOString() });
  return { period: written(period), baseline: baseline && written(baseline) };
}
