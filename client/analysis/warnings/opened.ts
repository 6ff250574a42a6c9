import { create } from 'zustand';

/** Which matter is open, by the key of its group; kept while the room is left. */
export const useOpened = create<{ key: string | undefined }>(() => ({ key: undefined }));
