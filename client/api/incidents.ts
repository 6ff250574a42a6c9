import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Incident, IncidentLogEntry, IncidentPatch, NewIncident } from '../../shared/schemas/incident.ts';
import { request } from './request.ts';

/** One incident, whole. */
export function useIncident(id: string) {
  return useQuery({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => request<Incident>(`/api/incidents/${id}`, { signal }),
  });
}

/** Every version of an incident, newest first. */
export function useIncidentLog(id: string) {
  return useQuery({
    queryKey: ['incident', id, 'log'],
    queryFn: ({ signal }) => request<{ entries: IncidentLogEntry[] }>(`/api/incidents/${id}/log`, { signal }),
    select: ({ entries }) => [...entries].sort((a, b) => b.version - a.version),
  });
}

/** Changes an incident, provided that it still is at the version the change was made for. */
export function useChangeIncident(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, patch }: { version: number; patch: IncidentPatch }) =>
      request<Incident>(`/api/incidents/${id}`, {
        method: 'PATCH',
        body: patch,
        headers: { 'if-match': `"${version}"` },
      }),
    onSuccess: (incident) => queries.setQueryData(['incident', id], incident),
    onSettled: () => queries.invalidateQueries({ queryKey: ['incident', id] }),
  });
}

/** Files an incident. Safe to repeat: its id makes it the same one. */
export function useCreateIncident() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (incident: NewIncident) => request<Incident>('/api/incidents', { method: 'POST', body: incident }),
    onSuccess: (incident) => queries.setQueryData(['incident', incident.id], incident),
  });
}

/** Incidents whose words resemble the text. */
export function useIncidentSearch(text: string, may: boolean) {
  return useQuery({
    queryKey: ['incidents', 'search', text],
    queryFn: ({ signal }) =>
      request<{ incidents: Incident[] }>(`/api/incidents?q=${encodeURIComponent(text)}&limit=6`, { signal }),
    select: ({ incidents }) => incidents,
    enabled: may && text.length >= 2,
  });
}
