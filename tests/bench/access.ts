import { EVERYTHING } from '../../server/access/scope.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createHttp } from '../../server/http.ts';
import { findIncident } from '../../server/incidents/queries.ts';
import { present } from '../../server/incidents/service.ts';
import { Incident } from '../../shared/schemas/incident.ts';
import { ADMIN_TOKEN } from '../support/access.ts';
import { signInAs, twoTowns } from '../support/towns.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';

/** What access control may add to a request, milliseconds. */
const LIMIT_MS = 0.2;
const TURNS = 40;
const REQUESTS_A_TURN = 50;

export const benches: Bench[] = [{ names: ['access.request'], run: accessOfRequest }];

/**
 * One incident, read by its id: by an operator's session, held to the jurisdiction by both walls, and from a route
 * of the same query and the same schema on a server of the same kind, without any. One request at a time, in turns; the difference of the medians.
 */
async function accessOfRequest(context: BenchContext): Promise<Row[]> {
  const config = {
    ...readConfig({ LOG_LEVEL: 'silent', DEMO: 'off', ADMIN_TOKEN }),
    port: 0,
    dataDir: context.scratch,
    databaseUrl: await context.freshDatabase(),
  };
  const app = await buildApp(config);
  const { db } = app.database;
  const bare = createHttp(config);
  bare.get<{ Params: { id: string } }>('/:id', { schema: { response: { 200: Incident } } }, async ({ params }) => {
    const record = await findIncident(db, EVERYTHING, params.id);
    return record && present(db, record);
  });
  try {
    const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' });
    const { own, jurisdictions } = await twoTowns(app);
    const { cookie = '' } = await signInAs(app, { role: 'operator', jurisdiction: jurisdictions.area });
    const guarded = () => time(`${url}/api/incidents/${own.incident}`, { cookie });
    const open = () => time(`${bareUrl}/${own.incident}`, {});
    const times = { guarded: [] as number[], open: [] as number[] };
    for (let turn = 0; turn < TURNS; turn++) {
      for (let request = 0; request < REQUESTS_A_TURN; request++) {
        const [first, second] = [await guarded(), await open()];
        // The first turns find everything cold.
        if (turn >= TURNS / 4) {
          times.guarded.push(first);
          times.open.push(second);
        }
      }
    }
    const [withAccess, without] = [median(times.guarded), median(times.open)];
    context.log(`p50 ${withAccess.toFixed(3)} ms with access control, ${without.toFixed(3)} ms without`);
    return [
      compare({
        id: 'access.request',
        measured: withAccess - without,
        reference: LIMIT_MS,
        unit: 'ms added p50, of a limit',
        goal: '<= 1',
      }),
    ];
  } finally {
    await bare.close();
    await app.close();
  }
}

async function time(url: string, headers: Record<string, string>): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  return performance.now() - begun;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
