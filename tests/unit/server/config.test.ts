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
      basemap: undefined,
      retentionDays: 30,
      thinAfterHours: 48,
      textRetention: [],
      adminToken: undefined,
      tls: undefined,
      trustedProxy: [],
      publicUrl: undefined,
      logLevel: undefined,
    });
  });

  test('texts are kept as long as their category says, or all the same', () => {
    expect(readConfig({ TEXT_RETENTION_DAYS: '730' }).textRetention).toEqual([{ category: undefined, days: 730 }]);
    expect(readConfig({ TEXT_RETENTION_DAYS: 'kamtibmas=365, *=730' }).textRetention).toEqual([
      { category: 'kamtibmas', days: 365 },
      { category: undefined, days: 730 },
    ]);
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
    [{ HOST: '0.0.0.0' }, /HOST=0\.0\.0\.0 is not a loopback address.*TLS_CERT.*TRUSTED_PROXY/],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://ronda.example.org' }, /not a loopback address/],
    [
      { HOST: '0.0.0.0', TRUSTED_PROXY: '10.0.0.2' },
      /PUBLIC_URL is missing: behind TRUSTED_PROXY on HOST=0\.0\.0\.0, set it to the https address/,
    ],
    [
      { HOST: '0.0.0.0', TRUSTED_PROXY: '10.0.0.2', PUBLIC_URL: 'http://ronda.example.org' },
      /PUBLIC_URL is http:\/\/ronda\.example\.org, which is not https/,
    ],
    [{ ADMIN_TOKEN: 'secret' }, /ADMIN_TOKEN has 6 characters/],
    [{ ADMIN_TOKEN: `secret ${'x'.repeat(40)}` }, /ADMIN_TOKEN has characters/],
    [{ TLS_CERT: 'cert.pem' }, /TLS_KEY is missing/],
    [{ TLS_KEY: 'key.pem' }, /TLS_CERT is missing/],
    [{ TLS_CERT: '/none.pem', TLS_KEY: '/none.pem' }, /TLS_CERT=\/none\.pem cannot be read \(ENOENT\)/],
    [{ TLS_CERT: 'package.json', TLS_KEY: 'package.json' }, /cannot be used together/],
    [{ TRUSTED_PROXY: 'proxy' }, /TRUSTED_PROXY: "proxy" is no address/],
    [{ TRUSTED_PROXY: '10.0.0.1,' }, /TRUSTED_PROXY/],
    [{ TRUSTED_PROXY: '0.0.0.0/0' }, /TRUSTED_PROXY/],
    [{ TRUSTED_PROXY: '10.0.0.0/33' }, /TRUSTED_PROXY/],
    [{ PUBLIC_URL: 'ronda.example.org' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://ronda.example.org/map' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://user:secret@ronda.example.org' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, /PUBLIC_URL/],
    [
      { OIDC_ISSUER: 'http://sso.example.org', OIDC_CLIENT_ID: 'ronda' },
      /OIDC_ISSUER=http:\/\/sso.example.org is not an https/,
    ],
    [{ OIDC_ISSUER: 'https://sso.example.org' }, /OIDC_CLIENT_ID is missing/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL=loud is none of/],
    [{ HOST: '127.0.0.1.example.org' }, /not a loopback/],
    [{ HOST: '192.168.1.4' }, /not a loopback/],
    [{ PORT: '80 80' }, /PORT=80 80 is not a port number/],
    [{ PORT: '-1' }, /PORT/],
    [{ PORT: '65536' }, /PORT/],
    [{ PORT: '8e3' }, /PORT/],
    [{ RETENTION_DAYS: '0' }, /RETENTION_DAYS/],
    [{ RETENTION_DAYS: 'ever' }, /RETENTION_DAYS/],
    [{ THIN_AFTER_HOURS: '0' }, /THIN_AFTER_HOURS/],
    [{ TEXT_RETENTION_DAYS: 'ever' }, /TEXT_RETENTION_DAYS=ever is neither/],
    [{ TEXT_RETENTION_DAYS: 'gempa=30' }, /TEXT_RETENTION_DAYS=gempa=30 is neither/],
    [{ TEXT_RETENTION_DAYS: '30,' }, /TEXT_RETENTION_DAYS/],
    [{ DEMO: 'yes' }, /DEMO=yes is neither "on" nor "off"/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL is not a PostgreSQL address/],
    [{ DATABASE_URL: 'postgres://' + 'user:secret@' }, /DATABASE_URL/],
    [{ BASEMAP_STYLE_URL: 'javascript:alert(1)' }, /BASEMAP_STYLE_URL/],
    [{ BASEMAP_STYLE_URL: '/peta/indonesia.json' }, /is not an address/],
    [{ BASEMAP_STYLE_URL: '/peta/tidak-ada.pmtiles' }, /there is no such file/],
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

  test('on this computer alone a proxy needs no address of its own', () => {
    expect(readConfig({ TRUSTED_PROXY: '127.0.0.1' }).publicUrl).toBeUndefined();
  });

  test('a proxy that speaks https opens other addresses, and the rest is read as written', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      TRUSTED_PROXY: '10.0.0.2, 192.168.7.0/24,fd00::/8',
      PUBLIC_URL: 'https://Ronda.example.org:8443/',
      ADMIN_TOKEN: 'a'.repeat(32),
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      trustedProxy: ['10.0.0.2', '192.168.7.0/24', 'fd00::/8'],
      publicUrl: 'https://ronda.example.org:8443',
      adminToken: 'a'.repeat(32),
      logLevel: 'debug',
    });
  });
});
