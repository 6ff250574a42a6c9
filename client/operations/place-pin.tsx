import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { MapController } from '../map/map-controller.ts';
import own from './form-place.module.css';

interface PlacePinProps {
  map: MapController['map'];
  location: { lon: number; lat: number };
}

/** Marks the place of the incident that is being written, degrees. Hidden from screen readers: the form says where it is. */
export function PlacePin({ map, location: { lon, lat } }: PlacePinProps) {
  const pin = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const { x, y } = map.project([lon, lat]);
      if (pin.current) pin.current.style.transform = `translate(${x}px, ${y}px)`;
    };
    place();
    map.on('move', place);
    map.on('resize', place);
    return () => {
      map.off('move', place);
      map.off('resize', place);
    };
  }, [map, lon, lat]);
  return createPortal(
    <span ref={pin} className={own.pin}>
      <svg width="32" height="40" viewBox="0 0 32 40" aria-hidden="true">
        <path d="M16 39C16 39 2 23 2 14.5a14 14 0 0 1 28 0C30 23 16 39 16 39z" />
        <circle cx="16" cy="14.5" r="5" />
      </svg>
    </span>,
    map.getCanvasContainer(),
  );
}
