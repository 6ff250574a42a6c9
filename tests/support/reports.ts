import { uuidv7 } from 'uuidv7';
import { expect } from 'vitest';
import type { App } from '../../server/app.ts';
import type { NewIncident } from '../../shared/schemas/incident.ts';

/** Files an incident that is counted unless its fields say otherwise. Returns its id. */
export async function report(app: App, fields: Partial<NewIncident>): Promise<string> {
  const payload = {
    id: uuidv7(),
    category: 'kamtibmas',
    severity: 'low',
    status: 'verified',
    source: 'resident',
    title: 'Laporan',
    ...fields,
  };
  const answer = await app.http.inject({ method: 'POST', url: '/api/incidents', payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}
