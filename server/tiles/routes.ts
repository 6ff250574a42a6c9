import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { AreaLevel } from '../../shared/area-code.ts';
import { AreaLevelSchema } from '../../shared/schemas/area.ts';
import type { TileId } from '../../shared/tiles/projection.ts';
import { ByteCache } from '../byte-cache.ts';
import type { Db } from '../database/connection.ts';
import { publishedVersions } from '../database/publications.ts';
import type { Bus } from '../events.ts';
import { type ReadyBody, readyBody, sendReady } from '../ready-body.ts';
import { drawAreas } from './area-tile.ts';
import { drawBase } from './base-tile.ts';
import { areasOfTile, baseOfTile, levelOfTile, levelsInForce } from './queries.ts';
import { readTileId } from './tile-id.ts';

/** Memory for ready tiles of each kind, bytes. */
const CACHE_BYTES = 48 * 1024 * 1024;

const CONTENT_TYPE = 'application/vnd.mapbox-vector-tile';

// Plain digits only: `1e1`, `+1` and `01` name no tile.
const Digits = Type.String({ pattern: '^(0|[1-9][0-9]{0,7})$' });

const schema = {
  params: Type.Object({ z: Digits, x: Digits, y: Digits }),
  querystring: Type.Object({}, { additionalProperties: false }),
  response: {
    200: {
      description: 'Mapbox Vector Tile 2.1, extent 4096, buffer 64; no bytes where there is nothing',
      content: { [CONTENT_TYPE]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
    },
    304: { description: 'Unchanged', type: 'null' },
  },
} as const;

/** Vector tiles of areas and of the base map, rendered once and kept until something new is published. */
export const tileRoutes: FastifyPluginAsyncTypebox<{ db: Db; bus: Bus }> = async (http, { db, bus }) => {
  const sources = {
    areas: new TileSource(async () => {
      const inForce = await levelsInForce(db);
      return async (tile, level) =>
        drawAreas(await (level ? levelOfTile(db, tile, level) : areasOfTile(db, tile, inForce)), tile);
    }),
    basemap: new TileSource(async () => async (tile) => drawBase(await baseOfTile(db, tile), tile)),
  };
  bus.on('areas.published', ({ version }) => sources.areas.published(version));
  bus.on('basemap.published', ({ version }) => sources.basemap.published(version));
  http.addHook('onReady', async () => {
    for (const { topic, version } of await publishedVersions(db)) {
      if (topic === 'areas' || topic === 'basemap') sources[topic].published(version);
    }
  });

  http.get(
    '/tiles/areas/:z/:x/:y.mvt',
    {
      config: { access: 'public' },
      schema: {
        ...schema,
        summary: 'Areas: layers area, border, label',
        querystring: Type.Object(
          {
            /** Surfaces of this level alone, at every zoom from where they can be told apart. */
            level: Type.Optional(AreaLevelSchema),
          },
          { additionalProperties: false },
        ),
      },
    },
    async ({ params, query, headers }, reply) =>
      sendReady(await sources.areas.tile(params, query.level), CONTENT_TYPE, headers, reply),
  );
  http.get(
    '/tiles/base/:z/:x/:y.mvt',
    { config: { access: 'public' }, schema: { summary: 'Base map: a layer for each kind of feature', ...schema } },
    async ({ params, headers }, reply) => sendReady(await sources.basemap.tile(params), CONTENT_TYPE, headers, reply),
  );
};

type Render = (tile: TileId, level: AreaLevel | undefined) => Promise<Uint8Array<ArrayBuffer>>;

class TileSource {
  private version = 0;
  private readonly cache = new ByteCache<ReadyBody>(CACHE_BYTES);
  private readonly prepare: () => Promise<Render>;
  private render: Promise<Render> | undefined;

  /** @param prepare called when the first tile of a version is asked for */
  constructor(prepare: () => Promise<Render>) {
    this.prepare = prepare;
  }

  published(version: number): void {
    this.version = version;
    this.render = undefined;
    this.cache.clear();
  }

  /**
   * The tile, ready to send. Throws `invalid_request` for one that is off the grid.
   * @param level of areas alone, or `undefined` for those of the tile's zoom
   */
  tile(params: { z: string; x: string; y: string }, level?: AreaLevel): ReadyBody | Promise<ReadyBody> {
    const key = `${level ?? ''}/${params.z}/${params.x}/${params.y}`;
    return this.cache.get(key) ?? this.make(key, readTileId(params), level);
  }

  private make(key: string, tile: TileId, level: AreaLevel | undefined): Promise<ReadyBody> {
    const { version } = this;
    return this.cache.getOrMake(key, async () => {
      const { buffer } = await (await this.renderer())(tile, level);
      return readyBody(Buffer.from(buffer), version);
    });
  }

  private renderer(): Promise<Render> {
    this.render ??= this.prepare().catch((error) => {
      this.render = undefined;
      throw error;
    });
    return this.render;
  }
}
