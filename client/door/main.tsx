import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-600.css';
import '../mantine-styles.ts';
import '../styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, type LazyExoticComponent, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { useView } from '../state/view.ts';
import { resolveVariables, theme } from '../theme.ts';

interface DoorProps {
  /** What stood behind `#`. */
  token: string;
  /** Takes the page down. */
  leave: () => void;
}

/** The pages that a link with a secret opens, and the switch on an enrolled phone. They come without the map: phones load them in the field. */
const PAGES: Record<string, LazyExoticComponent<ComponentType<DoorProps>>> = {
  '/setup': lazyPart<DoorProps>(() => import('./setup.tsx')),
  '/accept': lazyPart<DoorProps>(() => import('./accept.tsx')),
  '/enrol': lazyPart<DoorProps>(() => import('./enrol.tsx')),
  '/duty': lazyPart<DoorProps>(() => import('./duty.tsx')),
};

const queries = new QueryClient({
  // Without a network it is tried all the same, and said that it did not work.
  defaultOptions: { queries: { networkMode: 'always', retry: 1 }, mutations: { networkMode: 'always', retry: false } },
});

function Door({ token }: { token: string }) {
  const scheme = useView((view) => view.theme);
  const Page = PAGES[location.pathname];
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queries}>
        <Suspense fallback={null}>{Page && <Page token={token} leave={() => root?.unmount()} />}</Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}

const token = location.hash.slice(1);
// The secret is read; it need not stand in the address for whoever looks over the shoulder, nor in the history.
history.replaceState(null, '', location.pathname);
if (matchMedia('(prefers-color-scheme: light)').matches) useView.getState().set({ theme: 'light' });
await startI18n(useView.getState().language);
const place = document.getElementById('root');
const root = place ? createRoot(place) : undefined;
root?.render(<Door token={token} />);
