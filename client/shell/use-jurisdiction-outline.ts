import { useEffect, useMemo } from 'react';
import { useAccess } from '../access/access.ts';
import { useJurisdictionShapes } from '../api/jurisdiction-shapes.ts';
import { useSession } from '../session.ts';

/** Keeps on the map where the person's roles are in force. */
export function useJurisdictionOutline(): void {
  const map = useSession((session) => session.map);
  const grants = useAccess((access) => access.me?.grants);
  const ids = useMemo(() => [...new Set(grants?.map(({ jurisdiction }) => jurisdiction.id))], [grants]);
  const shapes = useJurisdictionShapes(ids);
  useEffect(() => {
    if (map && shapes) void map.showJurisdictions(shapes);
  }, [map, shapes]);
}
