import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { closeForm, openFilters, openForm, select, toggleTheme, toggleTool, toggleWall } from '../actions.ts';
import { moveInList } from '../operations/list-keys.ts';
import { usePanels } from '../state/panels.ts';
import { ROOMS, useView } from '../state/view.ts';
import { openSearch, useSearch } from './search-store.ts';

/** Keys of the whole page. They rest while someone writes; Escape does not. */
export function useKeys(): void {
  const panels = usePanels.getState();
  const room = (index: number) => () => {
    const name = ROOMS[index];
    if (name) useView.getState().set({ room: name, admin: undefined });
  };
  const searching = useSearch((search) => search.open);
  const administering = useView(({ admin }) => admin !== undefined);
  const everywhere: HotkeyItem[] = [
    ['/', openSearch],
    ['t', toggleTheme],
    ['1', room(0)],
    ['2', room(1)],
    ['3', room(2)],
    ['shift+?', () => panels.set({ shortcuts: true })],
    ['?', () => panels.set({ shortcuts: true })],
  ];
  // What they open would lie beneath the administration.
  const onTheMap: HotkeyItem[] = [
    ['n', () => openForm()],
    ['f', openFilters],
    ['l', () => panels.set({ legend: !usePanels.getState().legend })],
    ['m', () => toggleTool('measure-distance')],
    ['w', toggleWall],
    ['j', () => moveInList(1)],
    ['k', () => moveInList(-1)],
  ];
  useHotkeys(searching ? [] : administering ? everywhere : [...everywhere, ...onTheMap]);
  useHotkeys(
    [
      ['mod+k', openSearch],
      ['Escape', leave, { preventDefault: false }],
    ],
    [],
  );
}

/** Leaves what is innermost: tool, wall, legend, form, filters, selection. */
function leave(): void {
  const view = useView.getState();
  const panels = usePanels.getState();
  if (panels.shortcuts || document.querySelector('[role="dialog"]')) return;
  if (view.tool !== 'select') view.set({ tool: 'select' });
  else if (view.wall) view.set({ wall: false });
  else if (view.admin) view.set({ admin: undefined });
  else if (panels.legend) panels.set({ legend: false });
  else if (panels.form) closeForm();
  else if (panels.filters) panels.set({ filters: false });
  else if (view.selection) select(undefined);
}
