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

test('what a client must send stands there: the parameters of the device door, If-Match, and who may call', async () => {
  const description = (await app.http.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, Described>>;
    components: { securitySchemes: object };
  }>();
  interface Described {
    parameters?: { name: string; in: string }[];
    requestBody?: { content: Record<string, unknown> };
    security: object[];
    tags: string[];
    'x-permission'?: string;
  }
  const { paths } = description;
  const names = (operation: Described | undefined, where: string) =>
    (operation?.parameters ?? []).filter((each) => each.in === where).map(({ name }) => name);
  const door = paths['/api/ingest/osmand']?.post;
  expect(names(door, 'query')).toEqual(expect.arrayContaining(['lat', 'lon', 'timestamp', 'alarm']));
  expect(Object.keys(door?.requestBody?.content ?? {}).sort()).toEqual([
    'application/json',
    'application/x-www-form-urlencoded',
  ]);
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const asks = JSON.stringify(operation).includes('If-Match');
      expect(names(operation, 'header').includes('if-match'), `${method} ${path}`).toBe(asks);
    }
  }
  expect(paths['/api/incidents/{id}']?.patch).toMatchObject({
    'x-permission': 'incident.write',
    security: [{ session: [] }, { adminToken: [] }],
  });
  // The identifier is a secret, so it stands among those.
  expect(door?.security).toEqual([{ deviceToken: [] }, { adminToken: [] }]);
  expect(description.components.securitySchemes).toMatchObject({ deviceToken: { in: 'query', name: 'id' } });
  expect(paths['/api/warnings']?.get?.tags).toEqual(['warnings']);
});
