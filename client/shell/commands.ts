import { useMay, useMayManage } from '../access/access.ts';
import {
  goHome,
  openFilters,
  openForm,
  toggleLanguage,
  toggleLayer,
  toggleTheme,
  toggleTool,
  toggleWall,
} from '../actions.ts';
import type { IconName } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';

interface Command {
  id: string;
  icon: IconName;
  label: string;
  keys?: string;
  run(): void;
}

/** What the palette offers to do. */
export function useCommands(): Command[] {
  const { t } = useTexts();
  const panels = usePanels.getState();
  const mayLog = useMay('incident.write');
  const mayManage = useMayManage();
  return [
    ...(mayLog ? [{ id: 'log', icon: 'plus' as const, label: t('action.log'), keys: 'N', run: () => openForm() }] : []),
    ...(mayManage
      ? [
          {
            id: 'admin',
            icon: 'gear' as const,
            label: t('action.admin'),
            run: () => useView.getState().set({ admin: 'people' }),
          },
        ]
      : []),
    { id: 'help', icon: 'help', label: t('action.help'), run: () => panels.set({ sheetOver: 'help' }) },
    { id: 'filters', icon: 'filter', label: t('action.filters'), keys: 'F', run: openFilters },
    { id: 'legend', icon: 'layers', label: t('action.legend'), keys: 'L', run: () => panels.set({ legend: true }) },
    {
      id: 'distance',
      icon: 'ruler',
      label: t('action.measureDistance'),
      keys: 'M',
      run: () => toggleTool('measure-distance'),
    },
    { id: 'area', icon: 'polygon', label: t('action.measureArea'), run: () => toggleTool('measure-area') },
    { id: 'heat', icon: 'analysis', label: t('action.heat'), run: () => toggleLayer('heat') },
    { id: 'home', icon: 'home', label: t('action.home'), run: () => goHome(useSession.getState().home) },
    { id: 'wall', icon: 'wall', label: t('action.wall'), keys: 'W', run: toggleWall },
    { id: 'theme', icon: 'sun', label: t('action.theme'), keys: 'T', run: toggleTheme },
    { id: 'language', icon: 'link', label: t('action.language'), run: toggleLanguage },
    {
      id: 'keys',
      icon: 'keyboard',
      label: t('action.shortcuts'),
      keys: '?',
      run: () => panels.set({ shortcuts: true }),
    },
  ];
}
