import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { PlanGround } from '../../shared/schemas/plan.ts';
import { launchChromium } from '../support/browser.ts';
import { demonstrationFolder } from '../support/demonstration-folder.ts';
import { signedIn } from '../support/member.ts';
import { CITY, cityGround, cityPair, newPlan, placesOf, planDrawn, storedPlan, stroke } from '../support/plan-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const LONG = { timeout: 60_000 };

describe.skipIf(!inject('chromium'))('two planners at one draft', () => {
  let server: RunningServer;
  let browser: Browser;
  let ground: PlanGround;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: await demonstrationFolder() });
    browser = await launchChromium(inject('chromium'));
    ground = await cityGround(server.url);
    for (const username of ['budi', 'rina'])
      contexts.push(await signedIn(browser, server.url, { username, role: 'planner', area: CITY }));
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function both(title: string): Promise<{ id: string; budi: Page; rina: Page }> {
    const { id } = await newPlan(server.url, title);
    const [budi, rina] = await Promise.all(
      contexts.map(async (context) => {
        const page = await context.newPage();
        page.on('pageerror', (error) => expect.unreachable(error.message));
        await page.goto(`${server.url}/?ruang=perencanaan&rencana=${id}`);
        await planDrawn(page);
        return page;
      }),
    );
    if (!budi || !rina) throw new Error('Two pages were to be opened.');
    return { id, budi, rina };
  }
  const row = (page: Page, zone: string) => page.getByRole('list', { name: 'Zona' }).locator('li', { hasText: zone });
  const saved = (page: Page) => page.getByText('Tersimpan', { exact: true }).waitFor();

  test('see each other, and what the other paints, at once', async () => {
    const { budi, rina } = await both('Berdua');
    await budi.getByRole('button', { name: 'Zona baru' }).click();
    await row(rina, 'Zona 1').getByText('0 RW').waitFor();
    await stroke(budi, await placesOf(budi, ground, [0]));
    await row(rina, 'Zona 1').getByText('1 RW').waitFor();
    await rina.getByText('Sedang di sini: budi').waitFor();
    await rina.locator('.plan-cursor', { hasText: 'budi' }).waitFor();
    // Each undoes what is one's own.
    expect(await rina.getByRole('button', { name: 'Urungkan' }).isDisabled()).toBe(true);
    await budi.close();
    await rina.locator('.plan-cursor').waitFor({ state: 'detached' });
    await rina.close();
  });

  test('who was slower is told who was first and at what, and keeps the rest', async () => {
    const { id, budi, rina } = await both('Bentrok');
    await budi.getByRole('button', { name: 'Zona baru' }).click();
    await saved(budi);
    await row(rina, 'Zona 1').waitFor();
    await rina.getByRole('button', { name: 'Zona baru' }).click();
    await row(budi, 'Zona 2').waitFor();
    const [one, other] = await cityPair(server.url, ground);
    await budi.context().setOffline(true);
    await stroke(budi, await placesOf(budi, ground, [one, other]));
    await stroke(rina, await placesOf(rina, ground, [one]));
    await saved(rina);
    await budi.getByText('1 perubahan menunggu server').waitFor(LONG);
    await budi.context().setOffline(false);
    const clash = budi.getByRole('alert', { name: 'Sebagian pekerjaan Anda tidak jadi' });
    await clash.waitFor(LONG);
    expect(await clash.textContent()).toMatch(/rina.*berpindah zona.*1 wilayah ke Zona 1/s);
    await saved(budi);
    const { zones } = (await storedPlan(server.url, id)).content;
    expect(zones.map(({ codes }) => codes)).toEqual([[ground.code[other]], [ground.code[one]]]);
    await row(budi, 'Zona 2').getByText('1 RW').waitFor();
    await row(rina, 'Zona 1').getByText('1 RW').waitFor();
    await clash.getByRole('button', { name: 'Mengerti' }).click();
    await clash.waitFor({ state: 'detached' });
  });
});
