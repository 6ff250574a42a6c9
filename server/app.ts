import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { type DemoOutcome, isDemonstration, loadDemo } from '../data/demo/load.ts';
import { MAX_MESSAGE_BYTES, SUBPROTOCOL } from '../shared/live/protocol.ts';
import { PLAN_SUBPROTOCOL } from '../shared/plans/live.ts';
import { sessionCookie } from './access/cookie.ts';
import { type DeclaredRoute, declarePublic, guardRoutes } from './access/gate.ts';
import { Principals } from './access/principals.ts';
import { registerAccess } from './access/register.ts';
import { keepShapes } from './access/service.ts';
import { pictureRoutes } from './analyses/picture-routes.ts';
import { analysisRoutes } from './analyses/routes.ts';
import { areaRoutes } from './areas/routes.ts';
import { calendarRoutes } from './calendars/routes.ts';
import { projectFolder } from './compiled.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database/connection.ts';
import { migrate } from './database/migrate.ts';
import { deviceRoutes } from './devices/routes.ts';
import { dutyRoutes } from './duty/routes.ts';
import { answerErrors } from './errors.ts';
import { Bus } from './events.ts';
import { Answers } from './hotspots/answers.ts';
import { exportRoutes as hotspotExportRoutes } from './hotspots/exports.ts';
import { hotspotRoutes } from './hotspots/routes.ts';
import { createHttp } from './http.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { liveRoutes } from './live/routes.ts';
import { startLive } from './live/service.ts';
import { Meters } from './meters.ts';
import { countAnswers, metricsRoutes } from './metrics/routes.ts';
import { describeRoutes, version } from './openapi.ts';
import { placeRoutes } from './places/routes.ts';
import { groundRoutes } from './plans/ground-routes.ts';
import { Grounds } from './plans/grounds.ts';
import { planLiveRoutes } from './plans/live-routes.ts';
import { startPlanRooms } from './plans/rooms.ts';
import { planRoutes } from './plans/routes.ts';
import { versionRoutes } from './plans/version-routes.ts';
import { positionRoutes } from './positions/routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { announcePublications } from './publications.ts';
import { settingsRoutes } from './settings/routes.ts';
import { type Room, refuseWhenFull, Storage } from './storage.ts';
import { tileRoutes } from './tiles/routes.ts';
import { unitRoutes } from './units/routes.ts';
import { validatorCompiler } from './validation.ts';
import { warningRoutes } from './warnings/routes.ts';

export interface App {
  http: FastifyInstance;
  database: Database;
  bus: Bus;
  /** The room on the disk, and whether it is enough. */
  storage: Storage;
  /** What became of the demonstration in this database; `off` when it was not asked for. */
  demo: DemoOutcome | 'off';
  /** Every route with the access it declares. */
  routes: readonly DeclaredRoute[];
  /** Stops accepting, finishes what has begun, closes the database. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Called with each step of the start, for the person who waits. */
  onProgress?: (text: string) => void;
  /** The database, when it is being opened already. */
  database?: Promise<Database>;
  /** Settles when the page is built; the rest of the start does not wait for it. */
  page?: Promise<void>;
  /** The clock, in milliseconds since 1970; tests inject their own. */
  now?: () => number;
  /** Whether nights' runs of early warning are begun, as they are by default; tests begin them themselves. */
  nights?: boolean;
  /** Tells the room on the disk of a folder; tests give their own. */
  lookAtDisk?: (folder: string) => Promise<Room>;
}

/** How long requests that have begun may take once the server ends. */
const FINISH_MS = 5_000;

/** Composes the whole server: the only place that knows every slice. */
export async function buildApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { onProgress = () => {}, now = Date.now, nights = true } = options;
  const database = await (options.database ?? openDatabase(config, onProgress));
  const storage = new Storage(config.dataDir, options.lookAtDisk);
  // A served database has a disk of its own, and says by itself when that is full.
  if (database.kind === 'embedded') storage.watch();
  try {
    await migrate(database.db);
    const demo = config.demo ? await loadDemo(database.db, { onProgress, now }) : 'off';
    if (demo === 'foreign') onProgress('kota contoh: tidak dimuat, basis data ini sudah berisi data lain');
    const bus = new Bus();
    const meters = new Meters();
    const http = createHttp(config);
    countAnswers(http, meters);
    http.setValidatorCompiler(validatorCompiler);
    answerErrors(http);
    const principals = new Principals(database.db, config.adminToken, now);
    bus.on('access.changed', () => principals.forget());
    const cookie = sessionCookie(config.tls !== undefined || (config.publicUrl?.startsWith('https:') ?? false));
    const routes = guardRoutes(http, { database, principals, cookie, publicUrl: config.publicUrl, now });
    refuseWhenFull(http, storage);
    await keepShapes(http, { db: database.db, bus, now });
    announcePublications(http, database.db, bus);
    await http.register(formbody);
    const live = await startLive({ db: database.db, bus, principals, now, meters });
    const rooms = startPlanRooms({ db: database.db, bus, principals, now });
    await http.register(websocket, {
      options: {
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
        // Each door has asked for its own.
        handleProtocols: (_offered, { url }) => (url?.startsWith('/api/plans/') ? PLAN_SUBPROTOCOL : SUBPROTOCOL),
      },
      preClose: (done) => Promise.all([live.close(), rooms.close()]).then(() => done()),
    });
    await describeRoutes(http);
    await http.register(settingsRoutes, {
      db: database.db,
      version: version(),
      demo: await isDemonstration(database.db),
      basemapStyleUrl: config.basemap && ('url' in config.basemap ? config.basemap.url : BASEMAP_PATH),
      pdf: config.chromiumPath !== undefined,
    });
    await http.register(areaRoutes, { db: database.db });
    await http.register(placeRoutes);
    await http.register(analysisRoutes, { now });
    await http.register(pictureRoutes, {
      db: database.db,
      now,
      principals,
      chromiumPath: config.chromiumPath,
      tls: config.tls,
    });
    await http.register(planRoutes, { bus, now });
    const grounds = new Grounds();
    await http.register(versionRoutes, { bus, grounds, now });
    await http.register(groundRoutes, { grounds });
    await http.register(calendarRoutes, { db: database.db, now });
    await http.register(tileRoutes, { db: database.db, bus });
    await http.register(unitRoutes, { bus, now });
    await http.register(deviceRoutes, { db: database.db, bus, now, publicUrl: config.publicUrl });
    await http.register(privacyRoutes, { db: database.db, bus, now, rules: config });
    await http.register(dutyRoutes, { db: database.db, bus, now });
    await http.register(positionRoutes, { database, bus, now, retentionMs: config.retentionDays * 86_400_000, meters });
    await http.register(incidentRoutes, { db: database.db, bus, now });
    await http.register(warningRoutes, { db: database.db, bus, now, nights, alone: database.kind === 'embedded' });
    const answers = new Answers();
    await http.register(hotspotRoutes, { answers });
    await http.register(hotspotExportRoutes, { db: database.db, now, answers });
    await http.register(liveRoutes, { live, publicUrl: config.publicUrl });
    await http.register(planLiveRoutes, { rooms, publicUrl: config.publicUrl });
    await http.register(metricsRoutes, {
      database,
      dataDir: config.dataDir,
      isFull: () => storage.state.readOnly,
      busHeardAt: live.heardAt,
      meters,
      now,
    });
    await registerAccess(http, {
      db: database.db,
      bus,
      now,
      principals,
      cookie,
      publicUrl: config.publicUrl,
      oidc: config.oidc,
      dataDir: config.dataDir,
    });
    await options.page;
    await servePage(http);
    if (config.basemap && 'file' in config.basemap) await serveBasemap(http, config.basemap.file);
    await http.ready();
    return {
      http,
      database,
      bus,
      storage,
      demo,
      routes,
      async close() {
        storage.close();
        // Who sends a request by the byte does not hold up the end.
        const cut = setTimeout(() => http.server.closeAllConnections(), FINISH_MS);
        await http.close();
        clearTimeout(cut);
        await database.close();
      },
    };
  } catch (error) {
    storage.close();
    await database.close();
    throw error;
  }
}

/** Paths of the page beside `/`: the setup link, invitations and recoveries, enrolment of phones and the switch of their duty. */
const PAGES = ['/setup', '/accept', '/enrol', '/duty'];

/** Where a base map of one's own is served that is a file on this computer. */
const BASEMAP_PATH = '/basemap.pmtiles';

async function serveBasemap(http: FastifyInstance, file: string): Promise<void> {
  const { dir, base } = parse(file);
  await http.register(async (own) => {
    declarePublic(own);
    await own.register(fastifyStatic, { root: dir, serve: false });
    own.get(BASEMAP_PATH, { schema: { hide: true } }, (_request, reply) => reply.sendFile(base));
  });
}

/** Of files whose names change with their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

async function servePage(http: FastifyInstance): Promise<void> {
  const root = join(projectFolder(), 'dist/page');
  if (!existsSync(root)) return;
  await http.register(async (page) => {
    declarePublic(page);
    await page.register(fastifyStatic, {
      root,
      cacheControl: false,
      setHeaders: (answer, path) => {
        answer.setHeader('cache-control', path.startsWith(join(root, 'assets/')) ? FOR_EVER : 'no-cache');
      },
    });
    // Links with a secret lead to pages of their own, without the map.
    for (const path of PAGES)
      page.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile('door.html'));
  });
}
