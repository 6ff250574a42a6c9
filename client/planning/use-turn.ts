import { useMemo } from 'react';
import { notify } from '../notify.ts';
import { useConflictWords } from './conflict-words.ts';
import { useOpened } from './plan-context.ts';

/** Undo and redo; what somebody else has changed meanwhile stays, and is told. */
export function useTurn(): { undo(): void; redo(): void } {
  const { open } = useOpened();
  const words = useConflictWords();
  return useMemo(() => {
    const tell = (conflict: ReturnType<typeof open.draft.undo>) => {
      if (conflict) notify({ id: 'plan-refused', color: 'yellow', message: words(conflict, open.content) });
    };
    return { undo: () => tell(open.draft.undo()), redo: () => tell(open.draft.redo()) };
  }, [open, words]);
}
