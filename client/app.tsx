import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RequestError } from './api/request.ts';
import { Session, SessionContext } from './session.ts';
import { Frame } from './shell/frame.tsx';
import { useView } from './state/view.ts';
import { resolveVariables, theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 && !(error instanceof RequestError && error.status >= 400 && error.status < 500),
    },
  },
});

/** The page: everything that all rooms share. */
export function App() {
  const scheme = useView((view) => view.theme);
  const [session] = useState(() => new Session(queries));
  useEffect(() => {
    void session.load();
  }, [session]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queries}>
        <SessionContext value={session}>
          <Frame />
        </SessionContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}
