import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Duty, DutyBody, MyDutyBody } from '../../shared/schemas/duty.ts';
import { request } from './request.ts';

/** Somebody else, or its own end, may switch it too. */
const LOOK_MS = 60_000;

/** Switches the duty of a unit that one's own device sends for. */
export function useSwitchMyDuty(unitId: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Omit<MyDutyBody, 'unitId'>) =>
      request<Duty>('/api/me/duty', { method: 'POST', body: { unitId, ...wanted } }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['me', 'data'] }),
        queries.invalidateQueries({ queryKey: ['units'] }),
      ]),
  });
}

const ask = (body: DutyBody) => request<Duty>('/api/duty', { method: 'POST', body });

/** The duty of the unit whose device has this token. */
export function useDeviceDuty(token: string) {
  return useQuery({
    queryKey: ['duty', token],
    queryFn: () => ask({ token }),
    refetchInterval: LOOK_MS,
    refetchOnWindowFocus: true,
  });
}

/** Switches it by the device's token. */
export function useSwitchDeviceDuty(token: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Omit<DutyBody, 'token'>) => ask({ token, ...wanted }),
    onSuccess: (duty) => queries.setQueryData(['duty', token], duty),
  });
}
