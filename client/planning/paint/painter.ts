import type { PlanMap } from '../../map/plan-map.ts';
import type { StrokeHandler } from '../../map/tools/strokes.ts';
import type { OpenPlan } from '../open-plan.ts';
import { type PaintTool, usePlanning } from '../state.ts';
import { isInRing, type Place } from './area-finder.ts';

/** What a stroke says while it goes on, and when it is over. */
export interface PainterTells {
  /** The place under the pointer, in words; empty for nothing. */
  name(area: number | undefined): string;
  /** Nothing was painted, for a reason: no zone is chosen, or it is locked. */
  refused(why: 'none' | 'no-zone' | 'locked'): void;
  /** The stroke is over. @param kept areas that were left as they are, for their zone is locked */
  done(outcome: ReturnType<OpenPlan['endStroke']>): void;
  /** The pointer is here. */
  at(place: Place): void;
}

/** The strokes of one tool on a plan. */
export function painterOf(tool: PaintTool, open: OpenPlan, map: PlanMap, tells: PainterTells): StrokeHandler {
  let ring: Place[] = [];
  let isPainting = false;
  const radius = (lat: number) => usePlanning.getState().brush * map.metresPerPixel(lat);
  const target = () => (tool === 'eraser' ? null : usePlanning.getState().zone);
  const kecamatanAt = (place: Place) => {
    const area = open.finder.at(place);
    const kecamatan = area === undefined ? undefined : open.answer.kecamatan[area];
    return open.answer.kecamatan.flatMap((each, index) =>
      kecamatan !== undefined && each === kecamatan ? [index] : [],
    );
  };
  const paint = (from: Place, to: Place) => {
    if (tool === 'kecamatan') open.paint(kecamatanAt(to));
    else if (tool === 'lasso') {
      ring.push(to);
      map.setLasso(ring);
    } else open.paint(open.finder.along(from, to, radius(to[1])));
  };
  const showBrush = (at: Place | undefined) =>
    map.showBrush(at, tool === 'brush' || tool === 'eraser' ? usePlanning.getState().brush : 0);
  const stop = () => {
    isPainting = false;
    ring = [];
    map.setLasso([]);
  };
  return {
    begin(at) {
      const zone = target();
      const held = open.content.zones.find(({ id }) => id === zone);
      if (zone !== null && !held) return tells.refused(open.content.zones.length === 0 ? 'none' : 'no-zone');
      if (held?.locked) return tells.refused('locked');
      isPainting = true;
      open.beginStroke(zone ?? null);
      paint(at, at);
    },
    move(from, to) {
      tells.at(to);
      showBrush(to);
      if (isPainting) paint(from, to);
    },
    end() {
      if (!isPainting) return;
      if (tool === 'lasso') open.paint(inside(open, ring));
      stop();
      tells.done(open.endStroke());
    },
    cancel() {
      if (!isPainting) return;
      stop();
      open.cancelStroke();
    },
    hover(at, point) {
      showBrush(at);
      if (!at || !point) return map.tell(undefined, { x: 0, y: 0 });
      tells.at(at);
      map.tell(tells.name(open.finder.at(at)), point);
    },
  };
}

/** The areas whose label point lies within a ring; a click alone takes the area under it. */
function inside(open: OpenPlan, ring: readonly Place[]): number[] {
  const { lon, lat, size } = open.ground;
  const [first] = ring;
  const areas = Array.from({ length: size }, (_, area) => area).filter((area) =>
    isInRing([lon[area] ?? 0, lat[area] ?? 0], ring),
  );
  const under = areas.length === 0 && first ? open.finder.at(first) : undefined;
  return under === undefined ? areas : [under];
}
