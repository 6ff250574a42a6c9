import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AreaLevel } from '../../shared/area-code.ts';
import { AreaLevelSchema } from '../../shared/schemas/area.ts';
import type { TileId } from '../../shared/tiles/projection.ts';
import { ByteCache } from '../byte-cache.ts';
import type { Db } from '../database/connection.ts';
import { publishedVersions } from '../database/publications.ts';
import type { Bus } from '../events.ts';
import { drawAreas } from './area-tile.ts';
import { drawBase } from './base-tile.ts';
import { areasOfTile, baseOfTile, levelOfTile, levelsInForce } from './queries.ts';
import { readTileId } from './tile-id.ts';

const compress = promisify(gzip);

/** Memory for ready tiles of each kind, bytes. */
const CACHE_BYTES = 48 * 1024 * 1024;

/** About what fits into one packet: smaller bodies do not arrive sooner for being compressed. */
const WORTH_COMPRESSING = 1_400;

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

/** A rendered tile, which compresses itself when somebody wants that for the first time. */
interface ReadyTile {
  body: Buffer;
  etag: string;
  /** `undefined` until it is made, or where it is not worth while. */
  gzipped: Buffer | undefined;
  gzippedEtag: string;
  /** Bytes it is counted with in the cache: what it takes once it is compressed too. */
  size: number;
}

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
    async ({ params, query, headers }, reply) => answer(await sources.areas.tile(params, query.level), headers, reply),
  );
  http.get(
    '/tiles/base/:z/:x/:y.mvt',
    { config: { access: 'public' }, schema: { summary: 'Base map: a layer for each kind of feature', ...schema } },
    async ({ params, headers }, reply) => answer(await sources.basemap.tile(params), headers, reply),
  );
};

type Render = (tile: TileId, level: AreaLevel | undefined) => Promise<Uint8Array<ArrayBuffer>>;

class TileSource {
  private version = 0;
  private readonly cache = new ByteCache<ReadyTile>(CACHE_BYTES);
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
  tile(params: { z: string; x: string; y: string }, level?: AreaLevel): ReadyTile | Promise<ReadyTile> {
    const key = `${level ?? ''}/${params.z}/${params.x}/${params.y}`;
    return this.cache.get(key) ?? this.make(key, readTileId(params), level);
  }

  private make(key: string, tile: TileId, level: AreaLevel | undefined): Promise<ReadyTile> {
    const { version } = this;
    return this.cache.getOrMake(key, async () => {
      const { buffer } = await (await this.renderer())(tile, level);
      const body = Buffer.from(buffer);
      const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
      return {
        body,
        etag: `"${version}-${hash}"`,
        gzipped: undefined,
        gzippedEtag: `"${version}-${hash}-gzip"`,
        size: 2 * body.length + 400,
      };
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

/** Sends the tile, compressed for whom that suits, or 304 for whom has it already. It is asked for anew each time: an import changes it. */
async function answer(tile: ReadyTile, headers: FastifyRequest['headers'], reply: FastifyReply): Promise<FastifyReply> {
  const zips = tile.body.length >= WORTH_COMPRESSING && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  const etag = zips ? tile.gzippedEtag : tile.etag;
  reply.header('etag', etag);
  reply.header('cache-control', 'no-cache');
  reply.header('vary', 'accept-encoding');
  const known = headers['if-none-match'];
  if (known && matches(known, etag)) return reply.status(304).send();
  reply.header('content-type', CONTENT_TYPE);
  if (!zips) return reply.send(tile.body);
  tile.gzipped ??= await compress(tile.body);
  reply.header('content-encoding', 'gzip');
  return reply.send(tile.gzipped);
}

function matches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
