import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, Page, Route } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { NewIncident } from '../../shared/schemas/incident.ts';
import type { Jurisdiction, NewJurisdiction } from '../../shared/schemas/jurisdiction.ts';
import { ask } from '../support/access.ts';
import { seriousFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { dataFolder } from '../support/data-folders.ts';
import { centreOfMap, lookAt, type MapHandle, mapLoaded, unitsOnScreen } from '../support/map-page.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DESK = { width: 1440, height: 900 };
const PASSWORD = 'kuda lumping tujuh kali';
/** Two kota side by side, each a square of its own around a place. */
const WEST = { lon: 116.1, lat: -8.58 };
const EAST = { lon: 116.16, lat: -8.58 };
const PATIENCE = { timeout: 30_000 };

describe.skipIf(!inject('chromium'))('access in the page', () => {
  let server: RunningServer;
  let browser: Browser;
  /** What pages asked for that is not there. */
  const missing: string[] = [];
  /** The administrator's page, signed in by the setup link. */
  let admin: Page;
  /** Sends a place of „Melati 7“ from its phone. */
  let sendPlace: () => Promise<void>;

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: dataFolder() });
    browser = await launchChromium(inject('chromium'));
    await jurisdiction('Kota Barat', WEST);
    await jurisdiction('Kota Timur', EAST);
    await report('Tawuran di barat', WEST);
    await report('Banjir di timur', EAST);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function send<Answer>(path: string, body: unknown): Promise<Answer> {
    const answer = await ask(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    return answer.json();
  }

  const jurisdiction = (name: string, { lon, lat }: { lon: number; lat: number }) => {
    const [west, south, east, north] = [lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02];
    const ring: [number, number][] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return send<Jurisdiction>('/api/jurisdictions', {
      name,
      kind: 'polres',
      parts: [{ polygon: [[ring]] }],
    } satisfies NewJurisdiction);
  };

  const report = (title: string, location: { lon: number; lat: number }) =>
    send('/api/incidents', {
      id: uuidv7(),
      title,
      category: 'kamtibmas',
      severity: 'moderate',
      source: 'radio',
      occurredAt: new Date().toISOString(),
      location,
    } satisfies NewIncident);

  /** A browser of its own: what one person's session knows, no other does. */
  async function visitor(): Promise<Page> {
    const context = await browser.newContext({ viewport: DESK });
    const page = await context.newPage();
    page.on('pageerror', (error) => expect.unreachable(error.message));
    page.on('response', (answer) => {
      if (answer.status() === 404) missing.push(new URL(answer.url()).pathname);
    });
    return page;
  }
  const row = (page: Page, title: string) => page.locator('[data-incident]', { hasText: title });
  const menu = async (page: Page, item: string) => {
    await page.getByRole('button', { name: 'Akun: ' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const people = () => admin.getByRole('region', { name: 'Pengelolaan' });

  /** Invites somebody in the administrator's page, with a first role. Answers the link. */
  async function invite(name: string, role: string, place: string): Promise<string> {
    if (!(await people().isVisible())) await menu(admin, 'Pengelolaan');
    await people().getByRole('button', { name: 'Orang', exact: true }).click();
    await people().getByRole('button', { name: 'Undang orang' }).click();
    const form = admin.getByRole('complementary', { name: 'Undang orang' });
    await form.getByLabel('Nama yang tampil').fill(name);
    await form.getByLabel('Peran pertama').selectOption({ label: role });
    await form.getByLabel('Wilayah hukum').selectOption({ label: place });
    await form.getByRole('button', { name: 'Buat tautan undangan' }).click();
    const link = await form.getByRole('textbox', { name: 'Tautan' }).inputValue(PATIENCE);
    await form.getByRole('button', { name: 'Selesai' }).click();
    await people().getByRole('row', { name }).getByText(place).waitFor(PATIENCE);
    return link;
  }

  /** Opens an invitation in a browser of its own, and the map behind it. */
  async function accept(link: string): Promise<Page> {
    const page = await visitor();
    await page.goto(link);
    await page.getByLabel('Kata sandi baru').fill(PASSWORD);
    await page.getByLabel('Ulangi kata sandi').fill(PASSWORD);
    await page.getByRole('button', { name: 'Simpan dan masuk' }).click();
    await page.getByRole('button', { name: 'Akun: ' }).waitFor(PATIENCE);
    await mapLoaded(page);
    await lookAt(page, (WEST.lon + EAST.lon) / 2, WEST.lat, 12);
    return page;
  }

  test('the setup link opens the living map, once, and asks for a password calmly', async () => {
    admin = await visitor();
    const loaded: string[] = [];
    admin.on('request', (request) => {
      if (request.isNavigationRequest()) loaded.push(new URL(request.url()).pathname);
    });
    await admin.goto(server.link);
    await row(admin, 'Tawuran di barat').or(admin.getByText('Selamat datang di Ronda')).first().waitFor(PATIENCE);
    await admin.getByText('Selamat datang di Ronda').waitFor(PATIENCE);
    expect(new URL(admin.url()).hash).toBe('');
    expect(new URL(admin.url()).pathname).toBe('/');
    // The map takes the place of the door; no second page is loaded.
    expect(loaded).toEqual(['/setup']);
    const late = await visitor();
    await late.goto(server.link);
    await late.getByRole('heading', { name: 'Tautan penyiapan ini tidak berlaku lagi' }).waitFor(PATIENCE);
    await late.goto(server.url);
    await late.getByRole('heading', { name: 'Masuk' }).or(late.getByText('belum punya akun')).first().waitFor(PATIENCE);
    await late.context().close();

    await admin.getByRole('button', { name: 'Pasang kata sandi' }).click();
    await admin.getByLabel('Kata sandi baru').fill(PASSWORD);
    await admin.getByLabel('Ulangi kata sandi').fill(PASSWORD);
    await admin.getByRole('dialog').getByRole('button', { name: 'Pasang kata sandi' }).click();
    await admin.getByText('Kata sandi tersimpan').waitFor(PATIENCE);
    await admin.keyboard.press('Escape');
    await admin.getByText('Selamat datang di Ronda').waitFor({ state: 'detached' });
  });

  test('two people of different kota, invited by link, see different things at the same time', async () => {
    await menu(admin, 'Pengelolaan');
    await people().getByText('1 orang').waitFor(PATIENCE);
    const west = await accept(await invite('Budi Barat', 'Operator', 'Kota Barat'));
    const east = await accept(await invite('Tina Timur', 'Pemantau', 'Kota Timur'));
    await row(west, 'Tawuran di barat').waitFor(PATIENCE);
    await row(east, 'Banjir di timur').waitFor(PATIENCE);
    await report('Copet di barat', WEST);
    await report('Macet di timur', EAST);
    await row(west, 'Copet di barat').waitFor(PATIENCE);
    await row(east, 'Macet di timur').waitFor(PATIENCE);
    expect(await row(west, 'timur').count()).toBe(0);
    expect(await row(east, 'barat').count()).toBe(0);
    await west.getByRole('region', { name: 'Wilayah yang tampak' }).getByText('Kota Barat').waitFor();

    // What a role may not do is not offered.
    await west.getByRole('button', { name: 'Catat kejadian' }).waitFor();
    expect(await east.getByRole('button', { name: 'Catat kejadian' }).count()).toBe(0);
    await east.keyboard.press('n');
    expect(await east.getByRole('form', { name: 'Catat kejadian' }).count()).toBe(0);
    expect(await west.getByRole('button', { name: 'Buka pengelolaan' }).count()).toBe(0);
    await west.context().close();
    await east.context().close();
  });

  test('S6: the list is downloaded as a file: after a proof, as far as the window reaches, each row with who took it', async () => {
    const page = await accept(await invite('Ana Lisa', 'Analis', 'Kota Barat'));
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    // Who signed in minutes ago is asked for nothing; here the server has it otherwise, once.
    const refusal = { code: 'step_up_required', message: 'This needs your password once more.' };
    await page.route('**/api/incidents.csv*', (route) => route.fulfill({ status: 403, json: refusal }), { times: 1 });
    await page.getByRole('button', { name: 'Unduh CSV' }).click();
    await page.getByRole('dialog').getByLabel('Kata sandi Anda').fill(PASSWORD);
    const downloading = page.waitForEvent('download', PATIENCE);
    await page.getByRole('dialog').getByRole('button', { name: 'Lanjutkan' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^ronda-kejadian-\d{4}-\d\d-\d\d\.csv$/);
    const rows: Record<string, string>[] = parse(readFileSync(await file.path()), { bom: true, columns: true });
    expect(rows.map(({ title }) => title)).toContain('Tawuran di barat');
    expect(rows.map(({ title }) => title).join()).not.toContain('timur');
    for (const { exportedBy } of rows) expect(exportedBy).toBe('ana.lisa');
    await page.getByText('Berkas terunduh').waitFor(PATIENCE);

    await page.route('**/api/incidents.csv*', (route) => route.abort());
    await page.getByRole('button', { name: 'Unduh CSV' }).click();
    await page.getByText('Berkas gagal diunduh').waitFor(PATIENCE);
    await page.context().close();
  });

  test('a session closed elsewhere ends here within 5 s; after signing in, the page is as it was left', async () => {
    const page = await accept(await invite('Rudi Radio', 'Operator', 'Kota Barat'));
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    await page.getByText('Langsung', { exact: true }).first().waitFor(PATIENCE);
    await page.keyboard.press('n');
    await page.getByLabel('Judul singkat').fill('Pencurian di kios');
    await people().getByRole('button', { name: 'Rudi Radio' }).click();
    await people().getByRole('button', { name: 'Tutup semua sesinya' }).click();
    const revoked = Date.now();
    await page.getByRole('heading', { name: 'Anda sudah keluar' }).waitFor({ timeout: 10_000 });
    expect(Date.now() - revoked).toBeLessThan(5_000);
    expect(await page.getByLabel('Judul singkat').isVisible()).toBe(false);
    await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await page.getByLabel('Judul singkat').waitFor(PATIENCE);
    expect(await page.getByLabel('Judul singkat').inputValue()).toBe('Pencurian di kios');
    await page.getByText('Langsung', { exact: true }).first().waitFor(PATIENCE);
    await page.context().close();
  });

  test('a role taken back empties the page within 5 s, says so, and opens it again when it is given back', async () => {
    const page = await accept(await invite('Wati Wilayah', 'Operator', 'Kota Barat'));
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    await page.getByText('Langsung', { exact: true }).first().waitFor(PATIENCE);
    await people().getByRole('button', { name: 'Wati Wilayah' }).click();
    // The answer waits until the row that asked is gone.
    let leave = () => {};
    const gone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const hold = async (route: Route) => {
      const response = await route.fetch();
      await gone;
      await route.fulfill({ response });
    };
    await admin.route('**/api/grants/*', hold, { times: 1 });
    await people().getByRole('button', { name: 'Cabut Operator di Kota Barat' }).click();
    const revoked = Date.now();
    await page.getByRole('heading', { name: 'Izin Anda sudah dicabut' }).waitFor({ timeout: 10_000 });
    expect(Date.now() - revoked).toBeLessThan(5_000);
    expect(await page.locator('[data-incident]').count()).toBe(0);
    await people().getByRole('button', { name: 'Rudi Radio' }).click();
    await people().getByRole('heading', { name: 'Rudi Radio' }).waitFor(PATIENCE);
    leave();
    await admin.getByText('Peran dicabut').waitFor(PATIENCE);
    await people().getByRole('button', { name: 'Wati Wilayah' }).click();
    await people().getByRole('button', { name: 'Beri peran' }).click();
    await people().getByLabel('Wilayah hukum').last().selectOption({ label: 'Kota Timur' });
    await people().getByRole('button', { name: 'Beri peran ini' }).click();
    await row(page, 'Banjir di timur').waitFor(PATIENCE);
    expect(await row(page, 'barat').count()).toBe(0);
    await page.context().close();
  });

  test('a phone enrolled by its code sends its place with its own key, and is on the map', async () => {
    await admin.goto(`${server.url}/?kelola=perangkat`);
    await people().getByRole('button', { name: 'Unsur baru' }).click();
    await people().getByLabel('Tanda panggil', { exact: true }).fill('Melati 7');
    await people().getByText('Unsur baru lepas dinas').waitFor();
    await people().getByRole('button', { name: 'Buat unsur' }).click();
    const unit = people().getByRole('complementary', { name: 'Melati 7' });
    await unit.getByLabel('Nama perangkat').fill('HP dinas 2');
    await unit.getByRole('button', { name: 'Buat kode QR' }).click();
    const link = await unit.getByRole('textbox', { name: 'Tautan' }).inputValue(PATIENCE);
    await unit.getByRole('img', { name: 'Kode QR' }).waitFor();

    const phone = await visitor();
    await phone.goto(link);
    await phone.getByRole('button', { name: 'Daftarkan ponsel ini' }).click();
    await phone.getByText('Melati 7').waitFor(PATIENCE);
    const osmand = await phone.getByRole('textbox', { name: 'Alamat pelacakan daring' }).inputValue();
    // Nobody is on duty before somebody says so: here the phone itself, without an account.
    await phone.getByRole('button', { name: 'Pasang sakelar dinas di ponsel ini' }).click();
    await phone.getByRole('switch', { name: 'Dinas' }).press(' ');
    await phone.getByText('12 jam lagi').waitFor(PATIENCE);
    sendPlace = async () => {
      const place = osmand.replace('{0}', String(WEST.lat)).replace('{1}', String(WEST.lon));
      expect((await fetch(place.replace(/&[^&]*\{[^&]*/g, ''))).status).toBe(200);
    };
    await sendPlace();

    await unit.getByText('Terdaftar').waitFor(PATIENCE);
    await people().getByRole('button', { name: 'Kembali ke peta' }).click();
    await admin.goto(`${server.url}/?peta=14/${WEST.lat}/${WEST.lon}`);
    await mapLoaded(admin);
    await admin.getByRole('button', { name: 'Unsur', exact: true }).click();
    await admin.getByRole('button', { name: /Melati 7/ }).click();

    // Its duty is switched from the phone and from the unit's panel; each sees what the other did.
    const panel = admin.getByRole('region', { name: 'Status dinas' });
    await panel.getByText('Dinas: Siap').waitFor(PATIENCE);
    await admin.getByText(/^-8\.5\d{4}, 116\.\d{5}$/).waitFor(PATIENCE);
    await phone.goto(`${server.url}/duty`);
    await phone.getByText('Melati 7').waitFor(PATIENCE);
    await phone.getByRole('switch').press(' ');
    await phone.getByText('Lepas dinas', { exact: true }).waitFor(PATIENCE);
    await panel.getByText('Lepas dinas', { exact: true }).waitFor(PATIENCE);
    await panel.getByRole('button', { name: '4 jam' }).click();
    await panel.getByRole('switch').press(' ');
    await panel.getByText('4 jam lagi').waitFor(PATIENCE);
    await phone.reload();
    await phone.getByText('4 jam lagi').waitFor(PATIENCE);
    await phone.context().setOffline(true);
    await phone.getByRole('switch').press(' ');
    await phone.getByRole('alert').getByText('Server tidak terjangkau').waitFor(PATIENCE);
    expect(await phone.getByRole('switch').isChecked()).toBe(true);
    await phone.context().close();
  });

  test('a device gets a holder, who switches its duty in “Data saya”; screens of people are marked', async () => {
    const link = await invite('Pandu Pemegang', 'Pemantau', 'Kota Barat');
    const mark = admin.locator('svg text', { hasText: /^administrator · .* WITA$/i });
    expect(await mark.count()).toBe(1);
    const holder = await accept(link);
    await admin.goto(`${server.url}/?kelola=perangkat`);
    const opener = people().getByRole('button', { name: 'Melati 7' });
    await opener.click();
    expect(await mark.count()).toBe(1);
    const unit = people().getByRole('complementary', { name: 'Melati 7' });
    await unit.getByLabel('Nama perangkat').fill('HP Pandu');
    await unit.getByRole('button', { name: 'Buat kode QR' }).click();
    const enrolment = await unit.getByRole('textbox', { name: 'Tautan' }).inputValue(PATIENCE);
    await unit.getByRole('button', { name: 'Ubah HP Pandu' }).click();
    await unit.getByLabel('Pemegang').first().selectOption({ label: 'Pandu Pemegang' });
    await unit.getByRole('button', { name: 'Simpan' }).click();
    await unit.getByText('Pemegang: Pandu Pemegang').waitFor(PATIENCE);
    await unit.getByRole('button', { name: 'Tutup', exact: true }).press('Enter');
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);

    const phone = await visitor();
    await phone.goto(enrolment);
    await phone.getByRole('button', { name: 'Daftarkan ponsel ini' }).click();
    await phone.getByRole('heading', { name: 'OsmAnd' }).waitFor(PATIENCE);
    await phone.context().close();
    await menu(holder, 'Data saya');
    const sheet = holder.getByRole('dialog', { name: 'Data saya' });
    await sheet.getByRole('switch', { name: 'Dinas' }).press(' ');
    await sheet.getByText('Lepas dinas', { exact: true }).waitFor(PATIENCE);
    await sheet.getByRole('switch').press(' ');
    await sheet.getByText('12 jam lagi').waitFor(PATIENCE);
    // Where it was before is not where it is on duty: the map waits for its first place.
    await sendPlace();

    // The keyboard stays in the dialog, and goes back to where it came from.
    for (let step = 0; step < 12; step++) await holder.keyboard.press('Tab');
    expect(await sheet.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
    await holder.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    const account = holder.getByRole('button', { name: 'Akun: ' });
    await expect.poll(() => account.evaluate((element) => element === document.activeElement)).toBe(true);
    await holder.context().close();
  });

  test('without WebGL the page says that there is no map, and lists what lies where the person’s role is in force', async () => {
    const page = await visitor();
    await page.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: never[]) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...rest);
      } as never;
    });
    await page.goto(await invite('Tuti Tanpa Peta', 'Operator', 'Kota Barat'));
    await page.getByLabel('Kata sandi baru').fill(PASSWORD);
    await page.getByLabel('Ulangi kata sandi').fill(PASSWORD);
    await page.getByRole('button', { name: 'Simpan dan masuk' }).click();
    await page.getByText('Peta tidak dapat digambar').waitFor(PATIENCE);
    await page.getByText('Daftar memuat semua yang boleh Anda lihat').waitFor();
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    await page.getByRole('button', { name: 'Unsur', exact: true }).click();
    await page.getByRole('button', { name: /Melati 7/ }).click();
    await page.getByText(/^-8\.5\d{4}, 116\.\d{5}$/).waitFor(PATIENCE);
    await page.context().close();
  });

  test('what nobody may give himself is not offered, and the page says why', async () => {
    const page = await accept(await invite('Ana Administrator', 'Administrator', 'Kota Barat'));
    await menu(page, 'Pengelolaan');
    const rooms = page.getByRole('region', { name: 'Pengelolaan' });
    await rooms.getByRole('button', { name: 'Ana Administrator' }).click();
    await rooms.getByText('peran untuk Anda sendiri diberikan oleh orang lain').waitFor(PATIENCE);
    expect(await rooms.getByRole('button', { name: 'Beri peran' }).count()).toBe(0);
    await page.context().close();

    await people().getByRole('button', { name: 'Orang', exact: true }).click();
    await people().getByRole('button', { name: 'Administrator', exact: true }).click();
    await people().getByRole('button', { name: 'Beri peran' }).waitFor(PATIENCE);
  });

  test('a jurisdiction drawn on the map is stored with the corners that were clicked', async () => {
    await admin.goto(`${server.url}/?kelola=wilayah-hukum&peta=14/${WEST.lat}/${WEST.lon}`);
    await mapLoaded(admin);
    await people().getByRole('button', { name: 'Wilayah hukum baru' }).click();
    await people().getByLabel('Nama').fill('Pelabuhan Ampenan');
    await people().getByRole('button', { name: 'Gambar poligon' }).click();
    const { x, y } = await centreOfMap(admin);
    const box = await admin.locator('canvas.maplibregl-canvas').boundingBox();
    const corners = [[x - 80, y - 60], [x + 80, y - 60], [x, y + 60]]; // biome-ignore format: one line
    for (const [left = 0, top = 0] of corners) await admin.mouse.click((box?.x ?? 0) + left, (box?.y ?? 0) + top);
    await admin.keyboard.press('Enter');
    await people().getByText('Poligon, 3 titik').waitFor(PATIENCE);
    await people().getByRole('button', { name: 'Simpan wilayah hukum' }).click();
    await admin.getByText('Pelabuhan Ampenan: Tersimpan').waitFor(PATIENCE);
    const clicked = await admin.evaluate((points) => {
      const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
      return points.map(([x = 0, y = 0]) => map.unproject([x, y]).toArray());
    }, corners);
    const { jurisdictions } = await (await ask(`${server.url}/api/jurisdictions`)).json();
    const made = jurisdictions.find(({ name }: Jurisdiction) => name === 'Pelabuhan Ampenan');
    const { parts }: Jurisdiction = await (await ask(`${server.url}/api/jurisdictions/${made.id}`)).json();
    expect(parts).toHaveLength(1);
    const ring = parts[0] && 'polygon' in parts[0] ? parts[0].polygon[0]?.[0] : undefined;
    // A pixel at zoom 14 is 0.00004°.
    for (const [lon = 0, lat = 0] of clicked)
      expect(ring?.some((corner) => Math.hypot(corner[0] - lon, corner[1] - lat) < 0.0001)).toBe(true);
    expect(ring).toHaveLength(4);
  });

  test('the audit log is searched in the page by words and by action, and says where it has nothing', async () => {
    await admin.goto(`${server.url}/?kelola=audit`);
    const entries = people().locator('tbody tr');
    await people().getByLabel('Tindakan').fill('grant.revoked');
    await expect.poll(() => entries.count(), PATIENCE).toBe(1);
    expect(await entries.textContent()).toMatch(/administrator\s*grant\.revoked\s*grant:\d+/);
    await people().getByLabel('Tindakan').fill('');
    await people().getByLabel('Cari dalam catatan').fill('Pelabuhan Ampenan');
    await expect
      .poll(() => entries.allInnerTexts(), PATIENCE)
      .toEqual([expect.stringContaining('jurisdiction.created')]);
    await people().getByLabel('Pelaku').fill('orang lain');
    await people().getByText('Tidak ada catatan yang cocok').waitFor(PATIENCE);
    await people().getByRole('button', { name: 'Hapus saringan' }).click();
    await expect.poll(() => entries.count(), PATIENCE).toBeGreaterThan(10);
  });

  test('break-glass access opens another kota for a reason, is told to who commands, closes at once, and stands in her own “Data saya” file', async () => {
    const page = await accept(await invite('Dewi Darurat', 'Operator', 'Kota Barat'));
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    expect(await row(page, 'Banjir di timur').count()).toBe(0);
    await menu(page, 'Minta akses darurat');
    const sheet = page.getByRole('dialog', { name: 'Akses darurat' });
    await sheet.getByLabel('Wilayah hukum').selectOption({ label: 'Kota Timur' });
    await sheet.getByRole('button', { name: 'Buka akses darurat' }).click();
    expect(await sheet.getByLabel('Alasan').getAttribute('aria-invalid')).toBe('true');
    await sheet.getByLabel('Alasan').fill('Operator timur tidak terjangkau saat banjir');
    await sheet.getByLabel('Selama').selectOption({ label: '30 menit' });
    await sheet.getByRole('button', { name: 'Buka akses darurat' }).click();
    await page.getByText('Akses darurat terbuka').waitFor(PATIENCE);
    await row(page, 'Banjir di timur').waitFor(PATIENCE);

    await people().getByRole('button', { name: 'Akses darurat', exact: true }).click();
    const taken = people().getByRole('row', { name: 'Dewi Darurat' });
    await taken.getByText('Operator timur tidak terjangkau saat banjir').waitFor(PATIENCE);
    await taken.getByRole('button', { name: 'Tutup sekarang' }).click();
    const closed = Date.now();
    await row(page, 'Banjir di timur').waitFor({ state: 'detached', timeout: 10_000 });
    expect(Date.now() - closed).toBeLessThan(5_000);
    await row(page, 'Tawuran di barat').waitFor(PATIENCE);
    await taken.getByText(/^Berakhir/).waitFor(PATIENCE);

    // All that is kept of her, as a file of her own.
    await menu(page, 'Data saya');
    const downloading = page.waitForEvent('download', PATIENCE);
    await page.getByRole('dialog', { name: 'Data saya' }).getByRole('link', { name: 'Unduh semuanya (JSON)' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/\.json$/);
    const kept = readFileSync(await file.path(), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ account: { displayName: 'Dewi Darurat' } });
    expect(kept).toContain('Operator timur tidak terjangkau saat banjir');
    expect(kept).not.toContain('Budi Barat');
    await page.context().close();
  });

  test('signed out elsewhere, nothing is left on the screen, also when nobody answers why; it is all back afterwards', async () => {
    const page = await accept(await invite('Rini Radio', 'Operator', 'Kota Barat'));
    await expect.poll(async () => (await unitsOnScreen(page)).length, PATIENCE).toBe(1);
    await page.keyboard.press('Control+k');
    const search = page.getByRole('textbox', { name: 'Cari wilayah' });
    await search.fill('Melati');
    await page.getByText('Melati 7').first().waitFor(PATIENCE);
    await page.route('**/api/access/me', (route) => route.abort());
    const sockets: unknown[] = [];
    page.on('websocket', (socket) => sockets.push(socket));
    await people().getByRole('button', { name: 'Rini Radio' }).click();
    await people().getByRole('button', { name: 'Tutup semua sesinya' }).click();
    await page.getByRole('heading', { name: 'Anda sudah keluar' }).waitFor({ timeout: 10_000 });
    expect(await search.isVisible()).toBe(false);
    expect(await page.getByText('Melati 7').first().isVisible()).toBe(false);
    expect(await unitsOnScreen(page)).toEqual([]);
    await page.unroute('**/api/access/me');
    await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
    expect(sockets).toEqual([]);
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await search.waitFor(PATIENCE);
    await expect.poll(async () => (await unitsOnScreen(page)).length, PATIENCE).toBe(1);
    await page.context().close();
  });

  test('a full disk, a database that is gone and a wrong clock are said, and are over by themselves', async () => {
    await mapLoaded(admin);
    const answer = (status: number, code: string, headers = {}) => ({
      status,
      headers,
      contentType: 'application/json',
      body: JSON.stringify({ code, message: code }),
    });
    await admin.route('**/api/ready', (route) => route.fulfill(answer(503, 'unknown')));
    await admin.route('**/api/incidents', (route) => route.fulfill(answer(507, 'storage_full')));
    // Beneath the administration the map's keys rest.
    await admin.keyboard.press('n');
    await people().getByRole('button', { name: 'Kembali ke peta' }).click();
    expect(await admin.getByLabel('Judul singkat').isVisible()).toBe(false);
    await admin.keyboard.press('n');
    await admin.getByLabel('Judul singkat').fill('Banjir di gang');
    await admin.getByRole('button', { name: 'Pakai tengah peta' }).click();
    await admin.getByRole('button', { name: 'Simpan kejadian' }).click();
    await admin.getByText('Ruang simpan server penuh').waitFor(PATIENCE);
    await admin.route('**/api/units', (route) => route.fulfill(answer(503, 'database_unavailable')));
    await admin.unroute('**/api/incidents');
    await admin.route('**/api/areas/at*', (route) => route.fulfill(answer(503, 'database_unavailable')));
    await admin.evaluate('globalThis.ronda.map.jumpTo({ center: [116.3, -8.5] })');
    await admin.getByText('Basis data server tidak menjawab').waitFor(PATIENCE);
    await admin.unroute('**/api/areas/at*');
    await admin.unroute('**/api/units');
    await admin.unroute('**/api/ready');
    await admin.getByText('Ruang simpan server penuh').waitFor({ state: 'detached', timeout: 30_000 });
    await admin.getByText('Basis data server tidak menjawab').waitFor({ state: 'detached', timeout: 30_000 });
    expect(await admin.getByLabel('Judul singkat').inputValue()).toBe('Banjir di gang');

    const past = new Date(Date.now() - 7 * 60_000).toUTCString();
    await admin.route('**/api/access/me', async (route) => {
      const real = await route.fetch();
      await route.fulfill({ response: real, headers: { ...real.headers(), date: past } });
    });
    await admin.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await admin.getByText('Jam perangkat ini 7 menit terlalu cepat').waitFor(PATIENCE);
    await admin.unroute('**/api/access/me');
    await admin.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await admin.getByText('Jam perangkat ini').waitFor({ state: 'detached' });
  });

  test('axe finds nothing serious in the administration, the account and the doors', async () => {
    const findings: Record<string, string[]> = {};
    const check = async (page: Page, state: string) => {
      const found = await seriousFindings(page);
      if (found.length > 0) findings[state] = found;
    };
    const section = async (name: string, button?: string) => {
      await people().getByRole('button', { name, exact: true }).click();
      if (button) await people().getByRole('button', { name: button }).first().click();
      await people().getByText('Memuat').waitFor({ state: 'detached' });
      await check(admin, `${name} ${button ?? ''}`);
    };
    const sheet = async (item: string) => {
      await menu(admin, item);
      await admin.getByRole('dialog').getByRole('heading').first().waitFor();
      await check(admin, item);
      await admin.keyboard.press('Escape');
      await admin.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await admin.goto(`${server.url}/?kelola=orang`);
    await section('Orang', 'Pandu Pemegang');
    await section('Unsur dan perangkat', 'Melati 7');
    await section('Akses darurat');
    await admin.goto(`${server.url}/?kelola=orang&tema=terang`);
    await section('Orang', 'Undang orang');
    await section('Catatan audit');
    await section('Wilayah hukum', 'Kota Barat');
    await admin.getByRole('button', { name: 'Kembali ke peta' }).click();
    await sheet('Akun dan keamanan');
    await sheet('Minta akses darurat');
    await sheet('Bantuan dan formulir');
    const phone = await visitor();
    await phone.setViewportSize({ width: 390, height: 844 });
    for (const path of ['', 'accept#abcdefghij', 'enrol#abcdefghij', 'setup#abcdefghij']) {
      await phone.goto('about:blank');
      await phone.goto(`${server.url}/${path}`);
      await phone.getByRole('main').getByRole('button').or(phone.getByRole('main').getByRole('link')).first().waitFor();
      await check(phone, `door ${path}`);
    }
    await phone.context().close();
    expect(findings).toEqual({});
    expect(missing).toEqual([]);
  });
});
