import { addDays } from '../../../shared/calendar/days.ts';
import { zoneOf } from '../../../shared/geo/zone.ts';
import { INCIDENT_SOURCES } from '../../../shared/schemas/incident.ts';
import { COUNTED_STATUSES, type EarlyWarning } from '../../../shared/schemas/warning.ts';
import { useSession } from '../../session.ts';
import { usePanels } from '../../state/panels.ts';
import { NO_FILTER, useView } from '../../state/view.ts';
import { offsetOf } from '../room-zone.ts';

/** How near a map of a desa and of a kecamatan is looked at. */
const ZOOM = { desa: 14, other: 12.5 };

/** Moves the map to the area of a warning. */
export function goThere({ lon, lat, area }: Pick<EarlyWarning, 'lon' | 'lat' | 'area'>): void {
  useSession.getState().map?.flyTo({ lon, lat, zoom: area.level === 'desa' ? ZOOM.desa : ZOOM.other });
}

/** Opens the list of the incidents that a warning counts: those of its area, category and rise, as it counts them. */
export function showIncidents(
  warning: Pick<EarlyWarning, 'lon' | 'lat' | 'area' | 'category' | 'lastDay'>,
  since: string,
) {
  const offset = offsetOf(zoneOf(warning.area.code, warning.lon));
  const at = (day: string) => Date.parse(`${day}T00:00:00${offset}`);
  useView.getState().set({
    room: 'operasi',
    selection: undefined,
    filter: {
      ...NO_FILTER,
      hours: undefined,
      area: warning.area.code,
      categories: [warning.category],
      statuses: [...COUNTED_STATUSES],
      sources: INCIDENT_SOURCES.filter((source) => source !== 'patrol'),
      between: [at(since), at(addDays(warning.lastDay, 1))],
    },
  });
  usePanels.getState().set({ left: true, leftTab: 'incidents', filters: false, sheet: 'half' });
  goThere(warning);
}
