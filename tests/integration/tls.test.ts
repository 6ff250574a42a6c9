import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createHttp } from '../../server/http.ts';

/** A pair that stands for nothing but this test. */
const CERT = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUbUR8LVaaUVTxVc/Dsa6Yv2rzFVMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjAxNTAwOFoYDzIxMjYxMDI5
MDE1MDA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATSVjmQEfXG2LpuFvumKMJS+dSuQ+U0VbU7ia6Gk7Xwgc0tS7m+q45O
fr9F+KpakbyIDbsmrFdY1OY7KZ6HME9/o1MwUTAdBgNVHQ4EFgQU+DmJfo3MoN0J
8OfbVZJ3dEBhRfUwHwYDVR0jBBgwFoAU+DmJfo3MoN0J8OfbVZJ3dEBhRfUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA1qFenGCIS6DDDxnTPhHq
Oa/Oy7c//jy4d5VGLWrC4J4CIG2GH5Oq1LF5AjzroUPDbNsoavIV1Xh2vfRbIrWo
66xd
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdyLCLnPD/WKNZok2
3AYhSArZHrl5vBGkXzk58ykpSjShRANCAATSVjmQEfXG2LpuFvumKMJS+dSuQ+U0
VbU7ia6Gk7Xwgc0tS7m+q45Ofr9F+KpakbyIDbsmrFdY1OY7KZ6HME9/
-----END PRIVATE KEY-----`;

describe('TLS and proxies', () => {
  const folder = mkdtempSync(join(inject('scratch'), 'tls-'));
  const files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
  writeFileSync(files.TLS_CERT, CERT);
  writeFileSync(files.TLS_KEY, KEY);
  const http = createHttp(readConfig({ ...files, HOST: '0.0.0.0', LOG_LEVEL: 'silent' }));
  http.get('/who', async ({ ip, protocol }) => ({ ip, protocol }));
  let port = 0;
  beforeAll(async () => {
    await http.listen({ port: 0, host: '127.0.0.1' });
    const address = http.server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => http.close());

  const get = (options: object = {}) =>
    new Promise<{ headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', path: '/who', ca: CERT, servername: 'localhost', ...options },
        (answer) => {
          let body = '';
          answer.on('data', (chunk) => {
            body += chunk;
          });
          answer.on('end', () => resolve({ headers: answer.headers, body }));
        },
      );
      asked.on('error', reject);
      asked.end();
    });

  test('the certificate of the settings is spoken with, and browsers are told to keep to it', async () => {
    const { headers, body } = await get({ headers: { 'x-forwarded-for': '10.9.9.9', 'x-forwarded-proto': 'gopher' } });
    expect(headers['strict-transport-security']).toBe('max-age=15552000');
    // Without a declared proxy nobody is believed who says where a request came from.
    expect(JSON.parse(body)).toEqual({ ip: '127.0.0.1', protocol: 'https' });
  });

  test('old versions of TLS are not', async () => {
    await expect(get({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' })).rejects.toThrow();
  });

  test('a declared proxy is believed, for the networks declared, and nobody before it', async () => {
    const proxied = createHttp(readConfig({ TRUSTED_PROXY: '127.0.0.1,10.1.0.0/16', PUBLIC_URL: 'https://ronda.example.org' })); // biome-ignore format: one line
    proxied.get('/who', async ({ ip, protocol }) => ({ ip, protocol }));
    const ask = async (remoteAddress: string) => {
      const headers = { 'x-forwarded-for': '1.2.3.4, 36.68.1.1, 10.1.2.3', 'x-forwarded-proto': 'https' };
      const answer = await proxied.inject({ url: '/who', remoteAddress, headers });
      expect(answer.headers['strict-transport-security']).toBeDefined();
      return answer.json();
    };
    expect(await ask('127.0.0.1')).toEqual({ ip: '36.68.1.1', protocol: 'https' });
    expect(await ask('10.2.0.1')).toEqual({ ip: '10.2.0.1', protocol: 'http' });
    await proxied.close();
  });
});
