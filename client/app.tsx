import { Button, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { askWho, keyOf, useAccess, watchAccess } from './access/access.ts';
import { useProof } from './access/proof-store.ts';
import { RequestError, request } from './api/request.ts';
import { settingsQuery } from './api/settings.ts';
import { EmptyNote } from './components/state-note.tsx';
import { useTexts } from './i18n/i18n.ts';
import { lazyPart } from './lazy-part.ts';
import { Session, SessionContext } from './session.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Frame } from './shell/frame.tsx';
import { watchFaults } from './state/faults.ts';
import { useView } from './state/view.ts';
import { resolveVariables, theme } from './theme.ts';

const SignIn = lazyPart(() => import('./access/sign-in.tsx'));
const NoEntry = lazyPart(() => import('./access/no-entry.tsx'));
const Proof = lazyPart(() => import('./access/proof.tsx'));

const queries = new QueryClient({
  defaultOptions: {
    // Without a network nothing is put off in silence: it is tried, and said that it did not work.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 && !(error instanceof RequestError && error.status >= 400 && error.status < 500),
    },
  },
});

// The map begins where the server has areas; that is known by the time somebody is let in.
void queries.prefetchQuery(settingsQuery);

const HIDDEN = { visibility: 'hidden' } as const;

/** The page: everything that all rooms share. */
export function App() {
  const scheme = useView((view) => view.theme);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queries}>
        <Entrance />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Lets in whom the server lets in. Who is put out finds the page as it was left after signing in again. */
function Entrance() {
  const door = useAccess((access) => access.door);
  const me = useAccess((access) => access.me);
  const key = me && keyOf(me);
  const session = useSessionOf(key);
  const closed = door === 'closed';
  const proving = useProof((proof) => proof.answer !== undefined);
  useEffect(() => watchAccess(), []);
  useEffect(() => {
    const probe = () => request<unknown>('/api/ready').then(askWho, () => {});
    return watchFaults(probe, () => void askWho());
  }, []);
  useEffect(() => {
    if (door === 'open') void session?.resume();
    else if (door === 'closed') session?.leave();
  }, [door, session]);
  const covered = { inert: closed, style: closed ? HIDDEN : undefined };
  return (
    <>
      {/* Where Mantine puts what lies over the page: dialogs, menus, search. They are covered with the page. */}
      <div data-mantine-shared-portal-node="true" {...covered} />
      {session && me && me.permissions.length > 0 && (
        <div {...covered}>
          <SessionContext value={session}>
            <Frame />
          </SessionContext>
        </div>
      )}
      <ErrorBoundary fallback={<Broken />}>
        <Suspense fallback={null}>
          {closed && <SignIn />}
          {door === 'unreachable' && <NoEntry />}
          {door === 'open' && me?.permissions.length === 0 && <NoEntry />}
          {proving && <Proof />}
        </Suspense>
      </ErrorBoundary>
    </>
  );
}

/** A part of the door that did not arrive, say after the server was renewed: a new page brings it. */
function Broken() {
  const { t } = useTexts();
  return (
    <EmptyNote title={t('app.crashed')}>
      <p>{t('app.crashedHint')}</p>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </EmptyNote>
  );
}

/** The session for what the person may do; another one as soon as that changes, so that nothing of before stays. */
function useSessionOf(key: string | undefined): Session | undefined {
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    if (key === undefined) return;
    const mine = new Session(queries);
    setSession(mine);
    return () => {
      mine.close();
      // What is on the screen is asked for anew, and nothing that was allowed before is kept.
      void queries.resetQueries();
    };
  }, [key]);
  return session;
}
