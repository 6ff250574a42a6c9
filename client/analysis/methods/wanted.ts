import { create } from 'zustand';
import { useAnalysis } from '../state.ts';
import type { MethodKey } from './method-keys.ts';

/** Which entry somebody asked to see; a new object for each time. */
export const useWanted = create<{ entry: { key: MethodKey } | undefined }>(() => ({ entry: undefined }));

/** Opens the page of methods at an entry. */
export function openMethod(key: MethodKey): void {
  useWanted.setState({ entry: { key } });
  useAnalysis.getState().set({ view: 'methods' });
}
