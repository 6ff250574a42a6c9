import type { Path } from './wkb.ts';

/** A fifth of a pixel on a 512 px tile: nobody sees what is dropped. */
const TOLERANCE = 1.6;

/** Douglas and Peucker: drops points of a line that lie less than {@link TOLERANCE} units beside what remains. Ends stay. */
export function simplifyLine(line: Path): Path {
  const count = line.length / 2;
  if (count <= 2) return line;
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const spans: [number, number][] = [[0, count - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let farthest = -1;
    let worst = TOLERANCE ** 2;
    for (let i = from + 1; i < to; i++) {
      const distance = squareDistance(line, i, from, to);
      if (distance > worst) {
        worst = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    spans.push([from, farthest], [farthest, to]);
  }
  const kept: number[] = [];
  for (let i = 0; i < count; i++) if (keep[i]) kept.push(line[2 * i] as number, line[2 * i + 1] as number);
  return Float64Array.from(kept);
}

/** Square of the distance from point i to the segment between two others. */
function squareDistance(line: Path, i: number, from: number, to: number): number {
  const ax = line[2 * from] as number;
  const ay = line[2 * from + 1] as number;
  const dx = (line[2 * to] as number) - ax;
  const dy = (line[2 * to + 1] as number) - ay;
  const px = (line[2 * i] as number) - ax;
  const py = (line[2 * i + 1] as number) - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(Math.max((px * dx + py * dy) / length, 0), 1);
  return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}
