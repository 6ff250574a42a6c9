import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { PrintError, printPage } from '../../../../server/analyses/print.ts';

const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ronda-print-'));
/** Programs that run with one of the profiles. */
const running = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('ronda-print-');
      } catch {
        return false;
      }
    });

describe.skipIf(!inject('chromium'))('a page printed by a Chromium of one’s own', { timeout: 60_000 }, () => {
  let server: Server;
  let address: string;
  const asked: { url: string; cookie: string | undefined }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', cookie: request.headers.cookie });
      if (request.url === '/favicon.ico') return void response.writeHead(404).end();
      const script = {
        '/slow': `setTimeout(() => { document.body.textContent = 'selesai'; document.documentElement.dataset.printReady = 'true' }, 300);
          fetch('http://other.test/').catch(() => fetch('/blocked'))`,
        '/wrong': `document.documentElement.dataset.printReady = 'no such analysis'`,
        '/never': '',
      }[request.url ?? ''];
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><title>x</title><body>belum<script>${script ?? ''}</script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const print = (path: string, timeoutMs = 30_000, chromium = inject('chromium')) =>
    printPage({
      chromium,
      url: `${address}${path}`,
      cookie: { name: 'ronda-print', value: 'secret' },
      mark: 'Ronda · a & <b>',
      timeoutMs,
    });

  test('waits until it is ready, sends the cookie, learns no other host, and leaves nothing behind', async () => {
    const before = profiles();
    const pdf = await print('/slow');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-8).toString()).toContain('%%EOF');
    expect(asked.find(({ url }) => url === '/slow')).toEqual({ url: '/slow', cookie: 'ronda-print=secret' });
    expect(asked.map(({ url }) => url)).toContain('/blocked');
    expect(profiles()).toEqual(before);
    await vi.waitFor(() => expect(running()).toEqual([]), 5_000);
  });

  test.each([
    ['/wrong', 30_000, 'the page says: no such analysis'],
    ['/never', 3_000, 'the page was not ready within 3 s'],
  ])('%s: tells why it is not printed, and leaves nothing behind', async (path, timeoutMs, message) => {
    await expect(print(path, timeoutMs)).rejects.toThrow(new PrintError(message));
    await vi.waitFor(() => expect(running()).toEqual([]), 5_000);
  });

  test('a program that is none, or ends at once, is told', async () => {
    await expect(print('/slow', 5_000, '/nonexistent')).rejects.toThrow(/ENOENT/);
    await expect(print('/slow', 5_000, '/bin/true')).rejects.toThrow(/Chromium ended/);
    expect(profiles()).toEqual([]);
  });
});
