import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessLink, Account, AccountPatch, Grant, NewAccount, NewGrant } from '../../shared/schemas/access.ts';
import type { AuditEntry, AuditQuery } from '../../shared/schemas/audit.ts';
import type { Jurisdiction, JurisdictionSummary, NewJurisdiction } from '../../shared/schemas/jurisdiction.ts';
import { request } from './request.ts';

/** A mutation after which lists are asked for anew, however it ended. */
function useChange<Input, Output>(keys: string[], change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

/** Everybody who can sign in, or could. */
export function useAccounts(wanted = true) {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => request<{ accounts: Account[] }>('/api/accounts', { signal }),
    select: ({ accounts }) => accounts,
    // Invitations are taken up meanwhile.
    refetchInterval: 15_000,
    enabled: wanted,
  });
}

export function useInvite() {
  return useChange(['accounts'], (body: NewAccount) =>
    request<{ account: Account; invitation: AccessLink }>('/api/accounts', { method: 'POST', body }),
  );
}

export function useChangeAccount(id: number) {
  return useChange(['accounts'], (body: AccountPatch) =>
    request<Account>(`/api/accounts/${id}`, { method: 'PATCH', body }),
  );
}

/** A new link for an account: to accept the invitation, or to set another password. */
export function useNewLink(id: number) {
  return useChange(['accounts'], () =>
    request<AccessLink>(`/api/accounts/${id}/invitation`, { method: 'POST', body: {} }),
  );
}

export function useRevokeSessions(id: number) {
  return useChange(['accounts'], () => request<void>(`/api/accounts/${id}/sessions`, { method: 'DELETE' }));
}

export function useGrant() {
  return useChange(['accounts'], (body: NewGrant) => request<Grant>('/api/grants', { method: 'POST', body }));
}

export function useRevokeGrant() {
  return useChange(['accounts', 'break-glass'], (id: number) =>
    request<void>(`/api/grants/${id}`, { method: 'DELETE' }),
  );
}

/** All jurisdictions, without their parts. */
export function useJurisdictions() {
  return useQuery({
    queryKey: ['jurisdictions'],
    queryFn: ({ signal }) => request<{ jurisdictions: JurisdictionSummary[] }>('/api/jurisdictions', { signal }),
    select: ({ jurisdictions }) => jurisdictions,
  });
}

/** One jurisdiction with its parts. */
export function useJurisdiction(id: number | undefined) {
  return useQuery({
    queryKey: ['jurisdictions', id],
    queryFn: ({ signal }) => request<Jurisdiction>(`/api/jurisdictions/${id}`, { signal }),
    enabled: id !== undefined,
    // Somebody is editing it: what they wrote must not be replaced beneath their hands.
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Makes a jurisdiction, or replaces the one with this id. */
export function useSaveJurisdiction() {
  return useChange(['jurisdictions'], ({ id, body }: { id: number | undefined; body: NewJurisdiction }) =>
    id === undefined
      ? request<Jurisdiction>('/api/jurisdictions', { method: 'POST', body })
      : request<Jurisdiction>(`/api/jurisdictions/${id}`, { method: 'PUT', body }),
  );
}

export function useDeleteJurisdiction() {
  return useChange(['jurisdictions'], (id: number) => request<void>(`/api/jurisdictions/${id}`, { method: 'DELETE' }));
}

/** Grants that somebody took in an emergency, newest first. */
export function useBreakGlassGrants() {
  return useQuery({
    queryKey: ['break-glass'],
    queryFn: ({ signal }) => request<{ grants: Grant[] }>('/api/break-glass', { signal }),
    select: ({ grants }) => grants,
    refetchInterval: 15_000,
  });
}

/** The audit log, newest first, page by page. */
export function useAudit(query: AuditQuery) {
  return useInfiniteQuery({
    queryKey: ['audit', query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...query, limit: 50, cursor: pageParam })) {
        if (value) parameters.set(name, String(value));
      }
      return request<{ entries: AuditEntry[]; next: string | null }>(`/api/audit?${parameters}`, { signal });
    },
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}
