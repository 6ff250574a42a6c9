import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Grant, Me, NewBreakGlass, Session, SignInBody, StepUpBody } from '../../shared/schemas/access.ts';
import type { MyData } from '../../shared/schemas/my-data.ts';
import { askWho, takeMe } from '../access/access.ts';
import { request } from './request.ts';

const post = <T>(path: string, body: unknown = {}) => request<T>(path, { method: 'POST', body });

/** Signs in; the page then opens by itself. */
export function useSignIn() {
  return useMutation({ mutationFn: (body: SignInBody) => post<Me>('/api/access/sign-in', body), onSuccess: takeMe });
}

/** Opens the server for its first account by the token of the printed link. */
export function useSetup() {
  return useMutation({ mutationFn: (token: string) => post<Me>('/api/access/setup', { token }) });
}

/** Sets the password of an invited or recovered account by the token of its link, and signs in. */
export function useAccept() {
  return useMutation({
    mutationFn: (body: { token: string; displayName?: string; password: string }) =>
      post<Me>('/api/access/accept', body),
  });
}

/** Sets or changes one's own password. */
export function useSetPassword() {
  return useMutation({
    mutationFn: (body: { current?: string; next: string }) => post<void>('/api/access/password', body),
    onSuccess: () => void askWho(),
  });
}

/** Proves anew that it is oneself, by password or code. */
export function useStepUp() {
  return useMutation({ mutationFn: (body: StepUpBody) => post<Me>('/api/access/step-up', body), onSuccess: takeMe });
}

/** Proves anew that it is oneself, by a passkey; the browser asks for it. */
export function usePasskeyStepUp() {
  return useMutation({
    mutationFn: async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>('/api/access/step-up/passkey/options');
      const credential = await startAuthentication({ optionsJSON });
      return post<Me>('/api/access/step-up/passkey', { credential });
    },
    onSuccess: takeMe,
  });
}

/** Makes a secret for an authenticator app; it counts once it is confirmed. */
export function useNewTotp() {
  return useMutation({ mutationFn: () => post<{ secret: string; uri: string }>('/api/access/totp') });
}

export function useConfirmTotp() {
  return useMutation({
    mutationFn: (code: string) => post<void>('/api/access/totp/confirm', { code }),
    onSuccess: () => void askWho(),
  });
}

export function useStopTotp() {
  return useMutation({
    mutationFn: () => request<void>('/api/access/totp', { method: 'DELETE' }),
    onSuccess: () => void askWho(),
  });
}

/** Adds a passkey under a name; the browser makes it. */
export function useAddPasskey() {
  return useMutation({
    mutationFn: async (label: string) => {
      const { startRegistration } = await import('@simplewebauthn/browser');
      const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>('/api/access/passkeys/options');
      const credential = await startRegistration({ optionsJSON });
      return post<void>('/api/access/passkeys', { label, credential });
    },
    onSuccess: () => void askWho(),
  });
}

export function useRemovePasskey() {
  return useMutation({
    mutationFn: (id: string) => request<void>(`/api/access/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => void askWho(),
  });
}

/** Where one is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => request<{ sessions: Session[] }>('/api/access/sessions', { signal }),
    select: ({ sessions }) => sessions,
  });
}

export function useRevokeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>(`/api/access/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

/** Opens a jurisdiction in an emergency; what one may do is asked anew. */
export function useBreakGlass() {
  return useMutation({
    mutationFn: (body: NewBreakGlass) => post<Grant>('/api/break-glass', body),
    onSuccess: () => void askWho(),
  });
}

/** Everything that is kept about oneself. */
export function useMyData() {
  return useQuery({
    queryKey: ['me', 'data'],
    queryFn: ({ signal }) => request<MyData>('/api/me/data', { signal }),
  });
}

/** Withdraws the consent to be tracked. */
export function useWithdraw() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post<void>('/api/me/withdraw'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me', 'data'] }),
  });
}
