import { create } from 'zustand';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { SavedAnalysis, SavedFigures } from '../../../shared/schemas/saved-analysis.ts';
import { useSession } from '../../session.ts';
import { useView } from '../../state/view.ts';
import { encodeLink } from '../link.ts';
import { firstSpec, useAnalysis } from '../state.ts';
import { type Change, changesOf } from './differences.ts';

/** The saved analysis that is looked at again, until it is let go of. */
export const useOpened = create<{ analysis: SavedAnalysis | undefined }>(() => ({ analysis: undefined }));

/** What was asked when it was saved; what could not be asked then is as it is at first. */
export const specOf = ({ spec }: Pick<SavedAnalysis, 'spec'>): AnalysisSpec => ({
  ...firstSpec(spec.period.endsOn),
  ...spec,
});

/** Keeps a saved analysis beside what is on the screen, to be compared with it; undefined lets go of it. */
export function keepOpened(analysis: SavedAnalysis | undefined): void {
  useOpened.setState({ analysis });
  const { saved, set } = useView.getState();
  set({ saved: analysis && (saved?.id === analysis.id ? saved : { id: analysis.id, print: false }) });
}

/** Shows a saved analysis again: its question, its view, its place on the map. */
export function openSaved(analysis: SavedAnalysis): void {
  const { view, camera } = analysis;
  keepOpened(analysis);
  useAnalysis.getState().set({ spec: specOf(analysis), view: view === 'saved' ? 'map' : view, focus: undefined });
  if (camera) useSession.getState().map?.map.jumpTo({ center: [camera.lon, camera.lat], ...camera });
}

/** Whether two questions are the same, whatever is looked at. */
export const isSameQuestion = (a: AnalysisSpec, b: AnalysisSpec) => encodeLink('map', a) === encodeLink('map', b);

/** How a saved analysis stands to what is on the screen. */
export type Standing =
  /** Its question has been changed since it was opened. */
  | { kind: 'asked' }
  | { kind: 'computing' }
  /** The figures are those that were saved; `data` tells whether anything else has changed. */
  | { kind: 'same'; data: boolean }
  | { kind: 'changed'; changes: Change[] };

/**
 * Compares a saved analysis with the figures on the screen.
 * @param now what is asked and shown; without figures as long as they are computed
 */
export function standingOf(
  analysis: Pick<SavedAnalysis, 'spec' | 'figures' | 'dataVersion'>,
  now: { spec: AnalysisSpec; figures: SavedFigures | undefined; dataVersion: string | undefined },
): Standing {
  if (!isSameQuestion(specOf(analysis), now.spec)) return { kind: 'asked' };
  if (!now.figures) return { kind: 'computing' };
  const changes = changesOf(analysis.figures, now.figures);
  if (changes.length > 0) return { kind: 'changed', changes };
  return { kind: 'same', data: now.dataVersion === analysis.dataVersion };
}
