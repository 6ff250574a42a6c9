import { type Zone, zoneOf } from '../../shared/geo/zone.ts';
import { useSession } from '../session.ts';
import { useFocusArea } from './use-focus-area.ts';

/**
 * The zone of times on the page, never the browser's: that of the area they are about, and for what is about none that of
 * where the map looks. Before there is a map, that of what the server has areas for.
 */
export function useZone(area = ''): Zone {
  const { code, lon } = useFocusArea();
  const home = useSession((session) => session.home);
  return zoneOf(area || code, lon ?? (home && (home[0] + home[2]) / 2));
}
