import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ByteWriter } from '../../shared/tiles/byte-writer.ts';

const HEADER_BYTES = 127;
const NONE = 1;
const MVT = 1;

/** A PMTiles file (version 3) with one vector tile, that of zoom 0, nothing compressed. */
export function pmtilesFile(tile: Buffer, layers: readonly string[]): Buffer {
  const metadata = Buffer.from(JSON.stringify({ vector_layers: layers.map((id) => ({ id, fields: {} })) }));
  const directory = new ByteWriter();
  // One entry: tile 0, a run of one, its length, its place (stored plus one).
  for (const value of [1, 0, 1, tile.length, 1]) directory.varint(value);
  const root = Buffer.from(directory.toBytes());
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 0);
  header.writeUInt8(3, 7);
  const parts = [root.length, metadata.length, 0, tile.length];
  let at = HEADER_BYTES;
  for (const [index, length] of parts.entries()) {
    header.writeBigUInt64LE(BigInt(at), 8 + index * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + index * 16);
    at += length;
  }
  for (const offset of [72, 80, 88]) header.writeBigUInt64LE(1n, offset);
  for (const [offset, value] of [[96, 1], [97, NONE], [98, NONE], [99, MVT], [100, 0], [101, 0]] as const) header.writeUInt8(value, offset); // biome-ignore format: one line
  for (const [offset, degrees] of [[102, -180], [106, -85], [110, 180], [114, 85]] as const) header.writeInt32LE(degrees * 1e7, offset); // biome-ignore format: one line
  return Buffer.concat([header, root, metadata, tile]);
}

/** Serves one file from another origin as a plain web server does: with ranges, readable by any page. */
export async function serveFile(file: Buffer): Promise<{ origin: string; ranges: string[]; server: Server }> {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'range, authorization' };
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (!from || !to) return response.writeHead(200, cors).end(file);
    ranges.push(`${from}-${to}`);
    const part = file.subarray(Number(from), Number(to) + 1);
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`;
    return response.writeHead(206, { ...cors, 'content-range': range }).end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges, server };
}
