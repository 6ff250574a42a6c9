import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ElectionStages } from '../../shared/schemas/stage.ts';
import type { Db } from '../database/connection.ts';
import { latestCalendar } from './queries.ts';

/** The election's calendar: what the stage ribbon and every same-stage comparison stand on. */
export const stageRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (http, { db }) => {
  http.get(
    '/api/stages',
    {
      config: { access: 'public' },
      schema: { summary: 'Stages of the latest election', response: { 200: ElectionStages } },
    },
    async () => latestCalendar(db),
  );
};
