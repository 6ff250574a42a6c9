import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Settings } from '../../shared/schemas/settings.ts';
import type { Db } from '../database/connection.ts';
import { areasExtent } from './queries.ts';

/** Indonesia, for a database that holds no area yet: west, south, east, north. */
const INDONESIA: [number, number, number, number] = [95, -11, 141, 6];

/** What the page must know before it draws anything. */
export const settingsRoutes: FastifyPluginAsyncTypebox<{
  db: Db;
  version: string;
  demo: boolean;
  basemapStyleUrl: string | undefined;
  pdf: boolean;
}> = async (http, { db, version, demo, basemapStyleUrl, pdf }) => {
  http.get(
    '/api/settings',
    {
      config: { access: 'public' },
      schema: { summary: 'What the page needs before it draws', response: { 200: Settings } },
    },
    async () => {
      const bounds = (await areasExtent(db)) ?? INDONESIA;
      return { version, demo, basemapStyleUrl: basemapStyleUrl ?? null, pdf, bounds };
    },
  );
};
