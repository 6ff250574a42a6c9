import { useMutation } from '@tanstack/react-query';
import type { Organisation } from '../../shared/schemas/unit.ts';
import { request } from './request.ts';

/** What a phone needs to send its place, as `POST /api/enrol` answers it once. */
export interface Enrolment {
  /** The device's secret; it stands in OsmAnd's `id`. */
  token: string;
  /** Address of the server, as phones reach it. */
  server: string;
  unit: { callsign: string; organisation: Organisation };
  label: string;
  osmandUrl: string;
  traccarClient: { url: string; deviceId: string; interval: number; distance: number; accuracy: string };
}

/** Exchanges the token of an enrolment link for the device's own. Works once. */
export function useEnrol() {
  return useMutation({
    mutationFn: (token: string) => request<Enrolment>('/api/enrol', { method: 'POST', body: { token } }),
  });
}
