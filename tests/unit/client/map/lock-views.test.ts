import { expect, test } from 'vitest';
import { lockViews, type Viewed } from '../../../../client/map/lock-views.ts';
import { moved } from '../../../../client/map/swipe.ts';

/** A camera that tells who listens, at once, as MapLibre's `jumpTo` does. */
class Camera {
  center = { lng: 0, lat: 0 };
  zoom = 0;
  jumps = 0;
  listeners = new Set<() => void>();
  getCenter = () => this.center;
  getZoom = () => this.zoom;
  on = (_: string, listener: () => void) => this.listeners.add(listener);
  off = (_: string, listener: () => void) => this.listeners.delete(listener);
  jumpTo = ({ center, zoom }: { center: { lng: number; lat: number }; zoom: number }) => {
    this.center = center;
    this.zoom = zoom;
    this.jumps++;
    for (const listener of this.listeners) listener();
  };
}
const viewed = (camera: Camera) => camera as unknown as Viewed;

test('the second map begins where the first looks, and each follows the other without end or echo', () => {
  const [first, second] = [new Camera(), new Camera()];
  first.jumpTo({ center: { lng: 110, lat: -7 }, zoom: 9 });
  const stop = lockViews(viewed(first), viewed(second));
  expect([second.center, second.zoom]).toEqual([{ lng: 110, lat: -7 }, 9]);
  second.jumpTo({ center: { lng: 111, lat: -8 }, zoom: 12 });
  expect([first.center, first.zoom]).toEqual([{ lng: 111, lat: -8 }, 12]);
  expect([first.jumps, second.jumps]).toEqual([2, 2]);
  stop();
  first.jumpTo({ center: { lng: 0, lat: 0 }, zoom: 3 });
  expect(second.zoom).toBe(12);
});

test('keys move the line, no farther than the edges', () => {
  expect(moved(0.5, 'ArrowLeft')).toBeCloseTo(0.48);
  expect(moved(0.5, 'PageUp')).toBeCloseTo(0.6);
  expect(moved(0.01, 'ArrowLeft')).toBe(0);
  expect(moved(0.95, 'PageUp')).toBe(1);
  expect([moved(0.3, 'Home'), moved(0.3, 'End'), moved(0.3, 'Enter')]).toEqual([0, 1, undefined]);
});
