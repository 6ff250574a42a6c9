import { useEffect } from 'react';
import { useOwnShapes } from '../api/jurisdiction-shapes.ts';
import { useSession } from '../session.ts';

/** Keeps on the map where the person's roles are in force. */
export function useJurisdictionOutline(): void {
  const map = useSession((session) => session.map);
  const shapes = useOwnShapes();
  useEffect(() => {
    if (map && shapes) void map.showJurisdictions(shapes);
  }, [map, shapes]);
}
