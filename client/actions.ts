import i18next from 'i18next';
import { may } from './access/access.ts';
import { isPhone } from './components/use-phone.ts';
import { type Language, setLanguage } from './i18n/i18n.ts';
import { notify } from './notify.ts';
import { useSession } from './session.ts';
import { usePanels } from './state/panels.ts';
import { NO_FILTER, type Selection, type Tool, useView } from './state/view.ts';

/** What buttons, keys and the palette all do, so that each of them does the same. */
const view = () => useView.getState();
const panels = () => usePanels.getState();

/** Opens the form; at a place when one is given. */
export function openForm(start?: { lon: number; lat: number }): void {
  if (!may('incident.write')) return;
  panels().set({ form: { start }, sheet: 'full' });
}

export function closeForm(): void {
  panels().set({ form: undefined, sheet: 'half' });
}

/** Selects something for the detail panel, or nothing. */
export function select(selection: Selection | undefined): void {
  if (selection) panels().set({ form: undefined, sheet: panels().sheet === 'low' ? 'half' : panels().sheet });
  view().set({ selection });
}

export function toggleTheme(): void {
  view().set({ theme: view().theme === 'dark' ? 'light' : 'dark' });
}

export function toggleLanguage(): void {
  const language: Language = view().language === 'id' ? 'en' : 'id';
  view().set({ language });
  void setLanguage(language).catch(() => {
    notify({ color: 'yellow', title: i18next.t('app.failed'), message: i18next.t('app.failedHint') });
  });
}

export function toggleWall(): void {
  panels().set({ form: undefined, shortcuts: false, legend: false });
  view().set({ wall: !view().wall, selection: undefined, tool: 'select', admin: undefined });
}

/** Takes up a tool of the map, or lays it down if it is in hand. */
export function toggleTool(tool: Tool): void {
  view().set({ tool: view().tool === tool ? 'select' : tool });
}

export function toggleLayer(name: keyof ReturnType<typeof view>['layers']): void {
  const { layers, set } = view();
  set({ layers: { ...layers, [name]: !layers[name] } });
}

export function clearFilter(): void {
  view().set({ filter: { ...NO_FILTER } });
}

/** Shows the whole of what the server has areas for. */
export function goHome(bounds: [number, number, number, number] | undefined): void {
  if (bounds) useSession.getState().map?.fitBounds(bounds);
}

/** Puts the address of this view on the clipboard. */
export async function shareView(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    notify({ title: i18next.t('bar.shared'), message: i18next.t('bar.sharedHint') });
  } catch {
    notify({
      color: 'yellow',
      title: i18next.t('bar.shareFailed'),
      message: i18next.t('bar.shareFailedHint'),
    });
  }
}

/** Shows the filters wherever they are: beside the map, or in the sheet of a phone. */
export function openFilters(): void {
  const { filters, left, set } = usePanels.getState();
  const view = useView.getState();
  // A phone shows one thing at a time: what is selected would stand in their place.
  const covered = isPhone() && view.selection !== undefined;
  view.set({ room: 'operasi', ...(covered ? { selection: undefined } : {}) });
  set({ filters: covered || !(filters && left), left: true, form: undefined, sheet: 'full' });
}
