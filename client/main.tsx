import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-600.css';
import './mantine-styles.ts';
import './styles.css';
import { openPage } from './open-page.tsx';

await openPage();
