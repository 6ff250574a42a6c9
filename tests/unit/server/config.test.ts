import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../../server/config.ts';

describe('readConfig', () => {
  test('an empty environment gives the defaults of the README', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: resolve('.ronda'),
      databaseUrl: undefined,
      demo: true,
      basemapStyleUrl: undefined,
      retentionDays: 30,
    });
  });

  test('a variable that is set but empty counts as absent', () => {
    expect(readConfig({ PORT: '', HOST: '', DATABASE_URL: '', DEMO: '', BASEMAP_STYLE_URL: '' })).toEqual(
      readConfig({}),
    );
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('HOST=%s is loopback', (host) => {
    expect(readConfig({ HOST: host }).host).toBe(host);
  });

  test.each([
    [{ HOST: '0.0.0.0' }, /HOST=0\.0\.0\.0 is not a loopback address.*sign-in/],
    [{ HOST: '127.0.0.1.example.org' }, /not a loopback/],
    [{ HOST: '192.168.1.4' }, /not a loopback/],
    [{ PORT: '80 80' }, /PORT=80 80 is not a port number/],
    [{ PORT: '-1' }, /PORT/],
    [{ PORT: '65536' }, /PORT/],
    [{ PORT: '8e3' }, /PORT/],
    [{ RETENTION_DAYS: '0' }, /RETENTION_DAYS/],
    [{ RETENTION_DAYS: 'ever' }, /RETENTION_DAYS/],
    [{ DEMO: 'yes' }, /DEMO=yes is neither "on" nor "off"/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL is not a PostgreSQL address/],
    [{ DATABASE_URL: 'postgres://' + 'user:secret@' }, /DATABASE_URL/],
    [{ BASEMAP_STYLE_URL: 'javascript:alert(1)' }, /BASEMAP_STYLE_URL/],
  ])('%o is refused in one line', (env, message) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(message);
    try {
      readConfig(env);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
      expect((error as Error).message).not.toContain('secret');
    }
  });
});
