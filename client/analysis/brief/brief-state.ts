import { create } from 'zustand';

/** All there is to say, or one page for who decides. */
export type BriefKind = 'full' | 'flash';

interface BriefState {
  /** Which document lies over the page; none where undefined. */
  kind: BriefKind | undefined;
  /** A picture of the map is being taken. */
  isPicture: boolean;
}

export const useBrief = create<BriefState>(() => ({ kind: undefined, isPicture: false }));

/** Whether something of the map is about to leave: it then shows the figure that legend and table are of, nothing beside it. */
export const useIsLeaving = () => useBrief(({ kind, isPicture }) => kind !== undefined || isPicture);

/** Makes the document of what is on the screen, and opens the print dialog when it has finished. */
export const openBrief = (kind: BriefKind) => useBrief.setState({ kind });

/** Puts the document away. */
export const closeBrief = () => useBrief.setState({ kind: undefined });
