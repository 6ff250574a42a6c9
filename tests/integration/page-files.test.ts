import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { freshApp } from '../support/engines.ts';

let app: App;
beforeAll(async () => {
  app = await freshApp('embedded');
});
afterAll(() => app?.close());

const get = (url: string) => app.http.inject({ url, headers: { cookie: '' } });

test('files named after their content are kept for ever, the pages that name them are asked for each time', async () => {
  for (const url of ['/', '/index.html', '/setup']) {
    const page = await get(url);
    expect([url, page.statusCode, page.headers['cache-control']]).toEqual([url, 200, 'no-cache']);
    const files = [...page.body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files.length, url).toBeGreaterThan(1);
    for (const file of files) {
      const { statusCode, headers } = await get(file);
      expect([file, statusCode, headers['cache-control']]).toEqual([file, 200, 'public, max-age=31536000, immutable']);
      // Of what is in its name already, nothing else has to be compared.
      expect(file).toMatch(/-[\w-]{8}\.\w+$/);
    }
  }
  const gone = await get('/assets/index-00000000.js');
  expect([gone.statusCode, gone.headers['cache-control']]).toEqual([404, undefined]);
});
