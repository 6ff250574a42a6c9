import { create } from 'zustand';

/** All there is to say, or one page for who decides. */
export type BriefKind = 'full' | 'flash';

/** Which document lies over the page; none where undefined. */
export const useBrief = create<{ kind: BriefKind | undefined }>(() => ({ kind: undefined }));

/** Makes the document of what is on the screen, and opens the print dialog when it has finished. */
export const openBrief = (kind: BriefKind) => useBrief.setState({ kind });

/** Puts the document away. */
export const closeBrief = () => useBrief.setState({ kind: undefined });
