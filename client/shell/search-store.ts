import { create } from 'zustand';

/** Whether the search palette is open; apart from its (lazily loaded) component. */
export const useSearch = create<{ open: boolean }>(() => ({ open: false }));

export function openSearch(): void {
  useSearch.setState({ open: true });
}
