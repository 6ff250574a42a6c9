import { createRoot } from 'react-dom/client';
import type { Me } from '../shared/schemas/access.ts';
import { askWho, takeMe } from './access/access.ts';
import { App } from './app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { keepLayersByRoom } from './state/room-layers.ts';
import { restoreView } from './state/url-sync.ts';
import { useView } from './state/view.ts';

/** Shows the rooms as the address says. @param me what the server said of who is signed in; asked for otherwise */
export async function openPage(me?: Me): Promise<void> {
  restoreView();
  keepLayersByRoom();
  if (me) takeMe(me);
  else void askWho();
  await startI18n(useView.getState().language);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
}
