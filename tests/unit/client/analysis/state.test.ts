import { expect, test } from 'vitest';
import { useAnalysis } from '../../../../client/analysis/state.ts';

test('the last view that showed figures is kept, whatever is looked up meanwhile', () => {
  const { set } = useAnalysis.getState();
  set({ view: 'effect' });
  set({ view: 'methods' });
  set({ view: 'saved' });
  set({ focus: '98.71' });
  expect([useAnalysis.getState().view, useAnalysis.getState().shown]).toEqual(['saved', 'effect']);
});
