import { useEffect } from 'react';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { FindingKind, SavedMeasure } from '../../shared/schemas/saved-analysis.ts';
import { useMay } from '../access/access.ts';
import type { Language } from '../i18n/i18n.ts';
import { questionOf, useFindings } from './findings.ts';
import classes from './room.module.css';
import { useAnalysisTexts } from './words.ts';

interface Props {
  kind: FindingKind;
  spec: AnalysisSpec;
  /** The verdict and what it rests on; the same function as long as it says the same. */
  say(language: Language): string[];
  /** Its figures, for a saved analysis; the same array as long as they are the same. */
  measures: SavedMeasure[];
}

/** Keeps what was found for the brief and for a saved analysis, and says so. */
export function FindingNote({ kind, spec, say, measures }: Props) {
  const { t } = useAnalysisTexts();
  const mayPrint = useMay('export');
  const question = questionOf(kind, spec);
  useEffect(
    () => useFindings.setState({ [kind]: { question, at: Date.now(), say, measures } }),
    [kind, question, say, measures],
  );
  return mayPrint ? <p className={classes.inBrief}>{t('inBrief')}</p> : null;
}
