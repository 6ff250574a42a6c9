import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessLink } from '../../shared/schemas/access.ts';
import type { NewUnit, Unit } from '../../shared/schemas/unit.ts';
import { request } from './request.ts';

/** A phone or radio that sends a unit's place. */
export interface Device {
  id: number;
  label: string;
  enrolledAt: string | null;
  revokedAt: string | null;
}

/** A device and the link that enrols it, shown once. */
export interface NewEnrolment {
  device: Device;
  enrolment: AccessLink;
}

/** The devices of a unit. */
export function useDevices(unit: number) {
  return useQuery({
    queryKey: ['devices', unit],
    queryFn: ({ signal }) => request<{ devices: Device[] }>(`/api/units/${unit}/devices`, { signal }),
    select: ({ devices }) => devices,
    // Somebody scans the code elsewhere meanwhile.
    refetchInterval: 5_000,
  });
}

function useDeviceChange<Input, Output>(unit: number, change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ['devices', unit] }),
  });
}

/** Adds a device by its name; the phone that opens the link becomes it. */
export function useAddDevice(unit: number) {
  return useDeviceChange(unit, (label: string) =>
    request<NewEnrolment>(`/api/units/${unit}/devices`, { method: 'POST', body: { label } }),
  );
}

/** A new link for a device: another phone, or a lost key. */
export function useReEnrol(unit: number) {
  return useDeviceChange(unit, (device: number) =>
    request<NewEnrolment>(`/api/devices/${device}/enrolment`, { method: 'POST', body: {} }),
  );
}

export function useRenameDevice(unit: number) {
  return useDeviceChange(unit, ({ device, label }: { device: number; label: string }) =>
    request<Device>(`/api/devices/${device}`, { method: 'PATCH', body: { label } }),
  );
}

export function useRevokeDevice(unit: number) {
  return useDeviceChange(unit, (device: number) => request<void>(`/api/devices/${device}`, { method: 'DELETE' }));
}

/** Makes a unit. */
export function useCreateUnit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUnit) => request<Unit>('/api/units', { method: 'POST', body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['units'] }),
  });
}
