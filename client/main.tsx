import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-600.css';
import './mantine-styles.ts';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { askWho } from './access/access.ts';
import { App } from './app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { keepLayersByRoom } from './state/room-layers.ts';
import { restoreView } from './state/url-sync.ts';
import { useView } from './state/view.ts';

restoreView();
keepLayersByRoom();
void askWho();
await startI18n(useView.getState().language);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
