import { create } from 'zustand';
import { setProofAsker } from '../api/request.ts';

interface ProofState {
  /** Settles the request that waits for a proof; `undefined` while none does. */
  answer: ((given: boolean) => void) | undefined;
}

/** Whether something waits for the person to prove that it is them. */
export const useProof = create<ProofState>(() => ({ answer: undefined }));

let waiting: Promise<boolean> | undefined;

// However many requests want a proof at once, the person is asked once.
setProofAsker(() => {
  waiting ??= new Promise<boolean>((resolve) => {
    useProof.setState({
      answer(given) {
        waiting = undefined;
        useProof.setState({ answer: undefined });
        resolve(given);
      },
    });
  });
  return waiting;
});
