import { useEffect } from 'react';
import { DEFAULT_VIEW } from '../state/url.ts';
import { useView, type ViewState } from '../state/view.ts';

/** What of the live map lies over figures; it can be switched on again by hand. */
const QUIET: ViewState['layers'] = { ...DEFAULT_VIEW.layers, units: false, incidents: false, places: false };

/** Units, incidents and places leave the map to the figures while the room is open, unless somebody chose layers. */
export function useQuietMap(): void {
  useEffect(() => {
    const before = useView.getState().layers;
    if (!alike(before, DEFAULT_VIEW.layers)) return;
    useView.getState().set({ layers: QUIET });
    return () => {
      if (alike(useView.getState().layers, QUIET)) useView.getState().set({ layers: before });
    };
  }, []);
}

function alike(one: ViewState['layers'], other: ViewState['layers']): boolean {
  return Object.entries(one).every(([name, shown]) => other[name as keyof ViewState['layers']] === shown);
}
