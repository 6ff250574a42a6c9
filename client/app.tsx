import { useEffect, useRef } from 'react';
import { LiveClient } from './live/client.ts';
import { MapController } from './map/map-controller.ts';

export function App() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return;
    const live = new LiveClient();
    const map = new MapController(container.current, { live, view: { lon: 106.8, lat: -6.2, zoom: 10 } });
    return () => {
      live.close();
      map.remove();
    };
  }, []);
  return <div ref={container} style={{ position: 'fixed', inset: 0 }} />;
}
