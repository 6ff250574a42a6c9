import type { Path } from './wkb.ts';

/** A square: both coordinates from `min` to `max`. */
export interface Square {
  min: number;
  max: number;
}

/** The part of a path inside the square, between the places where it crosses the square's edge. */
export interface Chain {
  /** x and y by turns. */
  points: number[];
  /** Way along the square's edge, counter-clockwise in x right, y up, to where the chain begins and where it ends. */
  enters: number;
  leaves: number;
}

/** What lies inside the square of a ring or line. */
export interface Clipped {
  /** It does not touch the square's edge: it is inside as a whole, or outside. */
  whole: 'inside' | 'outside' | undefined;
  chains: Chain[];
}

/** Where an edge meets the square's edge: side 0 is y = min, 1 is x = max, 2 is y = max, 3 is x = min. */
interface Meeting {
  x: number;
  y: number;
  side: number;
}

/**
 * Cuts a path at the edge of the square. What lies on the edge counts as outside.
 *
 * An edge gives the very same meeting points in both directions, so that neighbours who share it are cut alike.
 *
 * @param closed whether the last point is joined to the first
 */
export function clipPath(path: Path, closed: boolean, square: Square): Clipped {
  const count = path.length / 2;
  const { min, max } = square;
  const inside = (i: number) => {
    const x = path[2 * i] as number;
    const y = path[2 * i + 1] as number;
    return x > min && x < max && y > min && y < max;
  };
  const chains: Chain[] = [];
  let current: Chain | undefined;
  if (count > 0 && inside(0)) current = { points: [path[0] as number, path[1] as number], enters: -1, leaves: -1 };
  const startsInside = current;
  let crossed = false;
  for (let i = 0, edges = closed ? count : count - 1; i < edges; i++) {
    const next = i + 1 === count ? 0 : i + 1;
    const nextInside = inside(next);
    if (current && nextInside) {
      current.points.push(path[2 * next] as number, path[2 * next + 1] as number);
      continue;
    }
    const ax = path[2 * i] as number;
    const ay = path[2 * i + 1] as number;
    const bx = path[2 * next] as number;
    const by = path[2 * next + 1] as number;
    if (!current && isBeside(ax, ay, bx, by, square)) continue;
    // Both directions of an edge are computed from the same end.
    const swap = ax > bx || (ax === bx && ay > by);
    const [first, last] = swap ? meetings(bx, by, ax, ay, square) : meetings(ax, ay, bx, by, square);
    const [entry, exit] = swap ? [last, first] : [first, last];
    if (current) {
      // From inside to outside there is a meeting, unless rounding lost it: then the end itself is on the edge.
      const end = exit ?? onEdge(bx, by, square);
      current.points.push(end.x, end.y);
      current.leaves = wayTo(end, square);
      chains.push(current);
      current = undefined;
      crossed = true;
    } else if (nextInside) {
      const begin = entry ?? onEdge(ax, ay, square);
      current = { points: [begin.x, begin.y, bx, by], enters: wayTo(begin, square), leaves: -1 };
      crossed = true;
    } else if (entry && exit && (entry.x !== exit.x || entry.y !== exit.y)) {
      chains.push({
        points: [entry.x, entry.y, exit.x, exit.y],
        enters: wayTo(entry, square),
        leaves: wayTo(exit, square),
      });
      crossed = true;
    }
  }
  if (!crossed) {
    if (!current) return { whole: 'outside', chains: [] };
    return { whole: 'inside', chains: [] };
  }
  if (current) {
    if (closed && startsInside && chains[0] === startsInside) {
      // The ring began inside: its last piece runs on into the first.
      current.points.push(...startsInside.points.slice(2));
      current.leaves = startsInside.leaves;
      chains[0] = current;
    } else chains.push(current);
  }
  return { whole: undefined, chains };
}

/** Whether the edge lies wholly to one side of the square. */
function isBeside(ax: number, ay: number, bx: number, by: number, { min, max }: Square): boolean {
  return (ax <= min && bx <= min) || (ax >= max && bx >= max) || (ay <= min && by <= min) || (ay >= max && by >= max);
}

/** Liang and Barsky: where the edge comes in and where it goes out, `undefined` for an end that is inside. */
function meetings(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  { min, max }: Square,
): [Meeting | undefined, Meeting | undefined] {
  const dx = bx - ax;
  const dy = by - ay;
  let from = 0;
  let to = 1;
  let fromSide = -1;
  let toSide = -1;
  const cut = (p: number, q: number, side: number) => {
    if (p === 0) return;
    const t = q / p;
    if (p < 0) {
      if (t >= from) {
        from = t;
        fromSide = side;
      }
    } else if (t <= to) {
      to = t;
      toSide = side;
    }
  };
  cut(-dy, ay - min, 0);
  cut(dx, max - ax, 1);
  cut(dy, max - ay, 2);
  cut(-dx, ax - min, 3);
  if (from > to) return [undefined, undefined];
  const at = (t: number, side: number): Meeting | undefined => {
    if (side < 0) return undefined;
    const x = side === 1 ? max : side === 3 ? min : clamp(ax + t * dx, min, max);
    const y = side === 0 ? min : side === 2 ? max : clamp(ay + t * dy, min, max);
    return { x, y, side };
  };
  return [at(from, fromSide), at(to, toSide)];
}

function onEdge(x: number, y: number, { min, max }: Square): Meeting {
  const side = y <= min ? 0 : x >= max ? 1 : y >= max ? 2 : 3;
  return { x: clamp(x, min, max), y: clamp(y, min, max), side };
}

function wayTo({ x, y, side }: Meeting, { min, max }: Square): number {
  const length = max - min;
  if (side === 0) return x - min;
  if (side === 1) return length + (y - min);
  if (side === 2) return 2 * length + (max - x);
  return 3 * length + (max - y);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
