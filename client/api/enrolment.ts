import { useMutation } from '@tanstack/react-query';
import type { Enrolled } from '../../shared/schemas/device.ts';
import { request } from './request.ts';

/** Exchanges the token of an enrolment link for the device's own. Works once. */
export function useEnrol() {
  return useMutation({
    mutationFn: (token: string) => request<Enrolled>('/api/enrol', { method: 'POST', body: { token } }),
  });
}
