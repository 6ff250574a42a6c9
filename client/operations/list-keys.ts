let mover: ((step: number) => void) | undefined;

/** The list that the keys j and k move in, while it is shown. Returns how to stop. */
export function registerList(move: (step: number) => void): () => void {
  mover = move;
  return () => {
    if (mover === move) mover = undefined;
  };
}

/** Moves the focus in the list; does nothing while no list is shown. */
export function moveInList(step: number): void {
  mover?.(step);
}
