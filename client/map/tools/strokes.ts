import type * as maplibregl from 'maplibre-gl';

/** A place in degrees, longitude first. */
type Place = [lon: number, lat: number];

/** What is done with strokes of a pointer or finger on the map. */
export interface StrokeHandler {
  begin(at: Place): void;
  move(from: Place, to: Place): void;
  end(): void;
  /** A second finger came, or the tool was laid down: the stroke is not meant. */
  cancel(): void;
  /** Where the pointer is while nothing is drawn; `undefined` when it left the map. @param point CSS pixels of the canvas */
  hover(at: Place | undefined, point: { x: number; y: number } | undefined): void;
}

/**
 * Hands strokes of the main button or one finger to the handler instead of moving the map; two fingers, the wheel, and
 * dragging while the space bar is held, still move it. Returns the way to stop it.
 */
export function followStrokes(map: maplibregl.Map, handler: StrokeHandler): () => void {
  let last: Place | undefined;
  let isPanning = false;
  const canvas = map.getCanvas();
  const placeOf = (lngLat: maplibregl.LngLat): Place => [lngLat.lng, lngLat.lat];
  const begin = (at: Place) => {
    last = at;
    handler.begin(at);
  };
  const go = (to: Place) => {
    if (last) handler.move(last, to);
    last = to;
  };
  const end = () => {
    if (!last) return;
    last = undefined;
    handler.end();
  };
  const cancel = () => {
    if (!last) return;
    last = undefined;
    handler.cancel();
  };

  const mouseDown = (event: maplibregl.MapMouseEvent) => {
    if (event.originalEvent.button !== 0 || isPanning) return;
    event.preventDefault();
    // The stroke goes on beyond the map, and ends there too.
    document.addEventListener('mousemove', mouseMove);
    document.addEventListener('mouseup', mouseUp, { once: true });
    begin(placeOf(event.lngLat));
  };
  const mouseMove = (event: MouseEvent) => {
    const { left, top } = canvas.getBoundingClientRect();
    go(placeOf(map.unproject([event.clientX - left, event.clientY - top])));
  };
  const mouseUp = () => {
    document.removeEventListener('mousemove', mouseMove);
    end();
  };
  const touch = (event: maplibregl.MapTouchEvent) => {
    if (event.originalEvent.touches.length > 1) return cancel();
    event.preventDefault();
    if (event.type === 'touchstart') begin(placeOf(event.lngLat));
    else go(placeOf(event.lngLat));
  };
  const hover = ({ lngLat, point }: maplibregl.MapMouseEvent) => handler.hover(placeOf(lngLat), point);
  const leave = () => handler.hover(undefined, undefined);
  const key = (event: KeyboardEvent) => {
    if (event.key !== ' ' || event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement)
      return;
    isPanning = event.type === 'keydown';
    event.preventDefault();
  };

  map.on('mousedown', mouseDown);
  map.on('mousemove', hover);
  map.on('mouseout', leave);
  map.on('touchstart', touch);
  map.on('touchmove', touch);
  map.on('touchend', end);
  map.on('touchcancel', cancel);
  document.addEventListener('keydown', key);
  document.addEventListener('keyup', key);
  map.doubleClickZoom.disable();
  return () => {
    cancel();
    map.off('mousedown', mouseDown);
    map.off('mousemove', hover);
    map.off('mouseout', leave);
    map.off('touchstart', touch);
    map.off('touchmove', touch);
    map.off('touchend', end);
    map.off('touchcancel', cancel);
    document.removeEventListener('keydown', key);
    document.removeEventListener('keyup', key);
    document.removeEventListener('mousemove', mouseMove);
    document.removeEventListener('mouseup', mouseUp);
    map.doubleClickZoom.enable();
  };
}
