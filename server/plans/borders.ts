import { EdgeNetwork, type Outline } from './edge-network.ts';
import { metresBetween } from './metres.ts';

/** Every border once, and who lies beside it. Columns as `PlanBorders` and `PlanGround` describe them. */
export interface Borders {
  a: number[];
  b: number[];
  start: number[];
  lon: number[];
  lat: number[];
  outlineM: number[];
  neighbourStart: number[];
  neighbour: number[];
  borderM: number[];
}

/**
 * The borders between areas by their outlines, of which neighbours share their corners: a line along which the same two
 * areas lie is one border. Areas that meet in corners alone have none. A corner of one that lies on an edge of the other
 * counts as a corner of both.
 */
export function bordersOf(outlines: readonly Outline[]): Borders {
  const network = new EdgeNetwork(outlines);
  const lines: Lines = { a: [], b: [], start: [0], lon: [], lat: [], metres: [] };
  for (let area = 0; area < outlines.length; area++)
    for (const ring of network.ringsOf(area)) addLines(lines, network, area, ring);
  const { a, b, start, lon, lat, metres } = lines;
  return { a, b, start, lon, lat, ...beside(outlines.length, a, b, metres) };
}

interface Lines extends Pick<Borders, 'a' | 'b' | 'start' | 'lon' | 'lat'> {
  metres: number[];
}

/** Adds the lines of a ring that are not those of an area before it. */
function addLines(lines: Lines, network: EdgeNetwork, area: number, ring: readonly number[]): void {
  const others = ring.map((from, at) => network.beyond(area, from, ring[(at + 1) % ring.length] ?? 0));
  // A ring begins where another lies beyond than before, so that no line is cut in two.
  const first = Math.max(
    0,
    others.findIndex((other, at) => other !== others.at(at - 1)),
  );
  for (let done = 0; done < ring.length; ) {
    const other = others[(first + done) % ring.length];
    const vertices = [ring[(first + done) % ring.length] ?? 0];
    while (done < ring.length && others[(first + done) % ring.length] === other) {
      done++;
      vertices.push(ring[(first + done) % ring.length] ?? 0);
    }
    if (other !== undefined && (other === -1 || other > area)) addLine(lines, network, area, other, vertices);
  }
}

function addLine(lines: Lines, network: EdgeNetwork, a: number, b: number, vertices: readonly number[]): void {
  let metres = 0;
  let [lastX, lastY] = [0, 0];
  for (const [at, vertex] of vertices.entries()) {
    const [x, y] = network.place(vertex);
    if (at > 0) metres += metresBetween(lastX, lastY, x, y);
    lines.lon.push(x - lastX);
    lines.lat.push(y - lastY);
    [lastX, lastY] = [x, y];
  }
  lines.a.push(a);
  lines.b.push(b);
  lines.start.push(lines.lon.length);
  lines.metres.push(metres);
}

/** Neighbours and lengths of each area, from the lines. */
function beside(size: number, a: readonly number[], b: readonly number[], metres: readonly number[]) {
  const outlineM = new Array<number>(size).fill(0);
  const withOthers = Array.from({ length: size }, () => new Map<number, number>());
  for (const [line, one] of a.entries()) {
    const [other, length] = [b[line] ?? -1, metres[line] ?? 0];
    for (const [area, beyond] of [[one, other] as const, [other, one] as const]) {
      if (area === -1) continue;
      outlineM[area] = (outlineM[area] ?? 0) + length;
      const of = withOthers[area];
      if (beyond !== -1) of?.set(beyond, (of.get(beyond) ?? 0) + length);
    }
  }
  const neighbourStart = [0];
  const neighbour: number[] = [];
  const borderM: number[] = [];
  for (const others of withOthers) {
    for (const [other, length] of [...others].sort(([one], [two]) => one - two)) {
      neighbour.push(other);
      borderM.push(decimetres(length));
    }
    neighbourStart.push(neighbour.length);
  }
  return { outlineM: outlineM.map(decimetres), neighbourStart, neighbour, borderM };
}

const decimetres = (metres: number) => Math.round(metres * 10) / 10;
