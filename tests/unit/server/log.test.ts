import { describe, expect, test } from 'vitest';
import { inWords, logOptions, pathOf, withoutSecrets } from '../../../server/log.ts';

describe('log', () => {
  test('a path is what stands before the query, no longer than a line', () => {
    expect(pathOf('/api/ingest/osmand?id=secret&lat=1')).toBe('/api/ingest/osmand');
    expect(pathOf(`/${'x'.repeat(5000)}`)).toHaveLength(200);
  });

  test.each([
    'connect postgres://ronda:hunter2hunter2@db:5432/ronda failed',
    'GET /api/ingest/osmand?lat=1&id=hunter2hunter2&lon=2',
    'deviceid=hunter2hunter2',
    'authorization: Bearer hunter2hunter2',
    'authorization: basic hunter2hunter2==',
    '/callback?code=hunter2hunter2&state=x',
  ])('S13: %s is written without its credential', (text) => {
    expect(withoutSecrets(text)).not.toContain('hunter2');
  });

  test('S13: an address that a plugin logs, as of a socket at a device’s door, has no query', () => {
    const path = logOptions('info').serializers?.path;
    expect(path?.('/api/ingest/osmand?id=hunter2hunter2')).toBe('/api/ingest/osmand');
  });

  test('a person reads words, and a stack where there is one', () => {
    const entry = {
      level: 'error',
      time: '2026-01-01T00:00:00Z',
      id: 'req-7',
      method: 'GET',
      path: '/x',
      msg: 'failed',
    };
    expect(inWords(JSON.stringify({ ...entry, err: { stack: 'Error: boo\n    at x' } }))).toMatch(
      /^\d\d:00:00 {2}galat {8}GET \/x \(req-7\)\nError: boo\n {4}at x\n$/,
    );
    expect(inWords(JSON.stringify({ level: 'warn', time: '2026-01-01T00:00:00Z', msg: 'disk', free: 3 }))).toMatch(
      /perhatian {4}disk \{"free":3\}\n$/,
    );
  });
});
