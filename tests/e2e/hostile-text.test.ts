import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { launchChromium } from '../support/browser.ts';
import { naughtyStrings, scriptStrings } from '../support/corpora.ts';
import { dataFolder } from '../support/data-folders.ts';
import { rounds } from '../support/long.ts';
import { mapLoaded } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const PLACE = { lon: 116.1, lat: -8.58 };

/** What a page must never do: ask, run what came as text, or try what the policy forbids. */
interface Misdeeds {
  dialogs: string[];
  reports: string[];
  errors: string[];
}

/** Scrolls the list that a row stands in by its height. Returns whether that was its end. */
function scrollOn(row: Element): Promise<boolean> {
  let list = row.parentElement;
  while (list && list.scrollHeight <= list.clientHeight + 50) list = list.parentElement;
  if (!list) return Promise.resolve(true);
  const before = list.scrollTop;
  list.scrollTop += list.clientHeight;
  const isEnd = list.scrollTop === before;
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(isEnd))));
}

async function watched(browser: Browser): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const misdeeds: Misdeeds = { dialogs: [], reports: [], errors: [] };
  const page = await browser.newPage({ extraHTTPHeaders: AUTHORIZATION, viewport: { width: 1440, height: 900 } });
  page.on('dialog', (dialog) => {
    misdeeds.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => misdeeds.errors.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) misdeeds.reports.push(message.text());
  });
  await page.exposeFunction('reportViolation', (text: string) => void misdeeds.reports.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = globalThis as unknown as { reportViolation(text: string): void };
      reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  return { page, misdeeds };
}

describe.skipIf(!inject('chromium') || !inject('sharedDir'))(
  'S7 S8: text of strangers in the page',
  { timeout: 300_000 },
  () => {
    const all = [...new Set([...naughtyStrings(), ...scriptStrings()])].filter((text) => text.trim() !== '');
    const texts = all.filter((_, i) => i % rounds(3, 1) === 0);
    let server: RunningServer;
    let browser: Browser;
    const stored = { incidents: 0, units: 0, refused: 0 };

    beforeAll(async () => {
      server = await startServer({ DATA_DIR: dataFolder() });
      browser = await launchChromium(inject('chromium'));
      for (const text of texts) {
        const title = text.slice(0, 200);
        const incident = {
          id: uuidv7(),
          title,
          description: text,
          place: title,
          subcategory: text.slice(0, 60),
          category: 'lainnya',
          severity: 'serious',
          source: 'resident',
          occurredAt: new Date().toISOString(),
          location: PLACE,
        };
        stored[(await post('/api/incidents', incident)) ? 'incidents' : 'refused']++;
        const unit = { callsign: text.slice(0, 40), organisation: 'ronda' };
        stored[(await post('/api/units', unit)) ? 'units' : 'refused']++;
      }
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
    });

    async function post(path: string, body: object): Promise<boolean> {
      const answer = await ask(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.status, await answer.clone().text()).toBeLessThan(500);
      return answer.status === 201;
    }

    test('is read as text: no dialog, no report of the policy, and map, workers and panels work', async () => {
      const { page, misdeeds } = await watched(browser);
      await page.goto(`${server.url}/?peta=13/${PLACE.lat}/${PLACE.lon}`);
      await mapLoaded(page);
      const rows = page.locator('[data-incident]');
      await rows.first().waitFor();
      // All of the list comes by, and some incidents are opened.
      let opened = 0;
      const seen = new Set<string>();
      for (let isEnd = false, round = 0; !isEnd; round++) {
        if (round % 12 === 0) {
          await rows.nth(2).click();
          opened++;
        }
        for (const id of await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-incident') ?? ''))) {
          seen.add(id);
        }
        isEnd = await rows.first().evaluate(scrollOn);
      }
      await page.keyboard.press('Control+k');
      for (const text of texts.slice(-30)) await page.locator('input.mantine-Spotlight-search').fill(text.slice(0, 60));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      console.log(
        `hostile text: ${texts.length} strings; stored ${stored.incidents} incidents and ${stored.units} units, refused ${stored.refused}; ` +
          `${seen.size} rows seen, ${opened} opened; dialogs ${misdeeds.dialogs.length}, policy reports ${misdeeds.reports.length}`,
      );
      expect(misdeeds).toEqual({ dialogs: [], reports: [], errors: [] });
      expect(stored.incidents).toBeGreaterThan(texts.length * 0.9);
      await page.close();
    });

    test('nor in names of people and jurisdictions, nor on the pages that links lead to', async () => {
      let named = 0;
      for (const [i, text] of texts.slice(0, 60).entries()) {
        if (await post('/api/accounts', { username: `orang${i}`, displayName: text.slice(0, 80) })) named++;
        if (await post('/api/jurisdictions', { name: text.slice(0, 120), kind: 'khusus', parts: [] })) named++;
      }
      const { page, misdeeds } = await watched(browser);
      for (const section of ['orang', 'wilayah-hukum', 'perangkat', 'akses-darurat', 'audit']) {
        await page.goto(`${server.url}/?kelola=${section}`);
        await page.getByRole('heading').first().waitFor();
        await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {});
      }
      for (const path of ['/setup#x', '/accept#x', '/enrol#x']) {
        await page.goto(`${server.url}${path}`);
        await page.getByRole('heading').first().waitFor();
      }
      console.log(`hostile text: ${named} names of people and jurisdictions; dialogs ${misdeeds.dialogs.length}, policy reports ${misdeeds.reports.length}`); // biome-ignore format: one line
      expect(named).toBeGreaterThan(60);
      expect(misdeeds).toEqual({ dialogs: [], reports: [], errors: [] });
      await page.close();
    });

    test('and the pages of the API work within the policy', async () => {
      const { page, misdeeds } = await watched(browser);
      await page.goto(`${server.url}/api/docs/`);
      await page.locator('.opblock').first().waitFor();
      expect(misdeeds).toEqual({ dialogs: [], reports: [], errors: [] });
      await page.close();
    });
  },
);
