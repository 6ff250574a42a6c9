import { useMemo } from 'react';
import type { AnalysisSpec, AnalysisView } from '../../../shared/schemas/analysis.ts';
import type { AnalysisBody, Camera, SavedFigures } from '../../../shared/schemas/saved-analysis.ts';
import { useSession } from '../../session.ts';
import { useFigures } from '../figures.ts';
import { findingsFor, useFindings } from '../findings.ts';
import { useAnalysis } from '../state.ts';
import { figuresOf } from './figures-of.ts';
import { withKept } from './kept-findings.ts';
import { useOpened } from './opened.ts';

/** What is asked and shown. */
export interface Present {
  spec: AnalysisSpec;
  figures: SavedFigures;
  dataVersion: string;
}

/** What is on the screen now; undefined while it is computed, or where it could not be fetched. */
export function usePresent(): Present | undefined {
  const { answer, pending, error, stopped } = useFigures();
  const spec = useAnalysis((analysis) => analysis.spec);
  const found = useFindings();
  // Where nothing failed, an answer that nothing is pending for is of what is asked, also if it was asked before.
  const isOld = pending || stopped || error !== undefined;
  return useMemo(() => {
    if (isOld || !answer || !spec) return undefined;
    const { counts, outcome } = answer;
    const figures = figuresOf(spec, counts, outcome);
    const findings = findingsFor(spec, found);
    return {
      spec,
      figures: {
        ...figures,
        measures: [...figures.measures, ...findings.flatMap(({ finding }) => finding.measures)],
        findings: findings.map(({ kind, finding: { at, say } }) => ({
          ...{ kind, at: new Date(at).toISOString() },
          words: { id: say('id'), en: say('en') },
        })),
      },
      dataVersion: counts.dataVersion,
    };
  }, [answer, isOld, spec, found]);
}

/** The body that saves what is on the screen, with these words, and with what the opened analysis keeps of the same question. */
export function bodyOf(present: Present, view: AnalysisView, words: { title: string; note: string }): AnalysisBody {
  const figures = withKept(present.figures, useOpened.getState().analysis, present.spec);
  return { ...words, view, ...present, figures, camera: cameraNow() };
}

/** Where the map stands; null without one. */
function cameraNow(): Camera | null {
  const map = useSession.getState().map?.map;
  if (!map) return null;
  const { lng: lon, lat } = map.getCenter().wrap();
  return { lon, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() };
}
