import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { freshApp } from '../support/engines.ts';

let app: App;
beforeAll(async () => {
  app = await freshApp('embedded');
});
afterAll(() => app?.close());

interface Operation {
  summary?: string;
  responses: Record<string, unknown>;
}

test('every route is described, with a summary and the error body', async () => {
  const answer = await app.http.inject('/api/openapi.json');
  expect(answer.statusCode).toBe(200);
  const { paths } = answer.json<{ paths: Record<string, Record<string, Operation>> }>();
  expect(Object.keys(paths)).toContain('/api/units');
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      expect(operation.summary, `${method} ${path} has no summary`).toBeTruthy();
      expect(operation.responses, `${method} ${path}`).toHaveProperty('default');
    }
  }
});

test('the description can be browsed', async () => {
  const answer = await app.http.inject('/api/docs/');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/html');
});

test('the settings say where the map opens, and that no PDF is made where nothing is set up for it', async () => {
  const answer = await app.http.inject('/api/settings');
  expect(answer.json()).toMatchObject({ demo: false, basemapStyleUrl: null, pdf: false, bounds: [95, -11, 141, 6] });
});
