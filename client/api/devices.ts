import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Device, DeviceEnrolment, DevicePatch, NewDevice } from '../../shared/schemas/device.ts';
import type { NewUnit, Unit } from '../../shared/schemas/unit.ts';
import { request } from './request.ts';

/** Every device where one looks after devices. */
export function useAllDevices(wanted: boolean) {
  return useQuery({
    queryKey: ['devices'],
    queryFn: ({ signal }) => request<{ devices: Device[] }>('/api/devices', { signal }),
    select: ({ devices }) => devices,
    enabled: wanted,
  });
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

function useDeviceChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ['devices'] }),
  });
}

/** Adds a device by its name; the phone that opens the link becomes it. */
export function useAddDevice(unit: number) {
  return useDeviceChange((body: NewDevice) =>
    request<DeviceEnrolment>(`/api/units/${unit}/devices`, { method: 'POST', body }),
  );
}

/** A new link for a device: another phone, or a lost key. */
export function useReEnrol() {
  return useDeviceChange((device: number) =>
    request<DeviceEnrolment>(`/api/devices/${device}/enrolment`, { method: 'POST', body: {} }),
  );
}

/** Renames a device, or says whose it is. */
export function useChangeDevice(device: number) {
  return useDeviceChange((body: DevicePatch) => request<Device>(`/api/devices/${device}`, { method: 'PATCH', body }));
}

export function useRevokeDevice() {
  return useDeviceChange((device: number) => request<void>(`/api/devices/${device}`, { method: 'DELETE' }));
}

/** Makes a unit. */
export function useCreateUnit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUnit) => request<Unit>('/api/units', { method: 'POST', body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['units'] }),
  });
}
