import { useEffect, useRef } from 'react';
import { connectLive } from './live/socket.ts';
import { MapController } from './map/map-controller.ts';

export function App() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return;
    const map = new MapController(container.current);
    const live = connectLive((positions) => map.setPositions(positions));
    return () => {
      live.close();
      map.remove();
    };
  }, []);
  return <div ref={container} style={{ position: 'fixed', inset: 0 }} />;
}
