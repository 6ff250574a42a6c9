/** Rings of one shape, as they are to stand in the .shp file. */
export type Rings = [number, number][][];

/** Bytes of a .shp file of polygons; `null` is a null shape. */
export function shpFile(shapes: (Rings | null)[]): Buffer {
  const records = shapes.map((rings, i) => {
    const content = rings ? polygonRecord(rings) : Buffer.alloc(4);
    const header = Buffer.alloc(8);
    header.writeInt32BE(i + 1, 0);
    header.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([header, content]);
  });
  const body = Buffer.concat(records);
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE((100 + body.length) / 2, 24);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(5, 32);
  return Buffer.concat([header, body]);
}

function polygonRecord(rings: Rings): Buffer {
  const points = rings.flat();
  const record = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
  record.writeInt32LE(5, 0);
  record.writeInt32LE(rings.length, 36);
  record.writeInt32LE(points.length, 40);
  let start = 0;
  rings.forEach((ring, i) => {
    record.writeInt32LE(start, 44 + i * 4);
    start += ring.length;
  });
  points.forEach(([x, y], i) => {
    record.writeDoubleLE(x, 44 + rings.length * 4 + i * 16);
    record.writeDoubleLE(y, 44 + rings.length * 4 + i * 16 + 8);
  });
  return record;
}

/** Bytes of a .dbf table of text columns. */
export function dbfFile(rows: Record<string, string>[], encoding: BufferEncoding = 'utf8'): Buffer {
  const names = Object.keys(rows[0] ?? {});
  const width = 60;
  const header = Buffer.alloc(32 + names.length * 32 + 1);
  header[0] = 3;
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + names.length * width, 10);
  names.forEach((name, i) => {
    header.write(name, 32 + i * 32, 'latin1');
    header.write('C', 32 + i * 32 + 11, 'latin1');
    header[32 + i * 32 + 16] = width;
  });
  header[header.length - 1] = 0x0d;
  const cells = rows.map((row) =>
    Buffer.concat([
      Buffer.from(' '),
      ...names.map((name) => {
        const cell = Buffer.alloc(width, ' ');
        cell.write(row[name] ?? '', encoding);
        return cell;
      }),
    ]),
  );
  return Buffer.concat([header, ...cells]);
}
