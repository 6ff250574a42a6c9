import { ActionIcon, Button } from '@mantine/core';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { SavedAnalysis } from '../../../shared/schemas/saved-analysis.ts';
import { useMay } from '../../access/access.ts';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { exactTime } from '../../time.ts';
import { useAnalysis } from '../state.ts';
import { changeWords } from './change-words.ts';
import { type Change, findingsNotAgain } from './differences.ts';
import { keepOpened, openSaved, standingOf, useOpened } from './opened.ts';
import { bodyOf, usePresent } from './present.ts';
import classes from './saved.module.css';
import { useDeed } from './use-deed.ts';
import { useSavedTexts } from './words.ts';

/** Changes that are told one by one. */
const TOLD = 12;

/** Says of the saved analysis that is looked at again whether its figures are the same, or what changed. */
export function OpenedNote({ spec, zone }: { spec: AnalysisSpec; zone: Zone }) {
  const analysis = useOpened((opened) => opened.analysis);
  return analysis ? <Compared analysis={analysis} spec={spec} zone={zone} /> : null;
}

function Compared({ analysis, spec, zone }: { analysis: SavedAnalysis; spec: AnalysisSpec; zone: Zone }) {
  const { t } = useSavedTexts();
  const { language } = useTexts();
  const view = useAnalysis((room) => room.shown);
  const present = usePresent();
  const mayWrite = useMay('analysis.write');
  const { run, busy } = useDeed();
  const standing = standingOf(analysis, { spec, figures: present?.figures, dataVersion: present?.dataVersion });
  const notAgain = present && standing.kind !== 'asked' ? findingsNotAgain(analysis.figures, present.figures) : [];
  const time = exactTime(Date.parse(analysis.updatedAt), zone, language);
  const words = {
    asked: () => t('opened.asked'),
    computing: () => t('opened.computing'),
    same: () => t(standing.kind === 'same' && !standing.data ? 'opened.sameData' : 'opened.same', { time }),
    changed: () => t('opened.changed', { time, count: standing.kind === 'changed' ? standing.changes.length : 0 }),
  };
  const renew = () => {
    if (!present) return;
    const { id, version, title, note } = analysis;
    run({ kind: 'replace', id, version, body: bodyOf(present, view, { title, note }) }, (saved) => {
      // Whoever has closed it meanwhile, or opened another, goes on with that.
      if (useOpened.getState().analysis?.id === id) keepOpened(saved);
      notify({ message: t('saved') });
    });
  };
  return (
    <section
      className={classes.opened}
      data-standing={standing.kind}
      aria-label={t('opened.title', { title: analysis.title })}
    >
      <div className={classes.line}>
        <div role="status">
          <b>{t('opened.title', { title: analysis.title })}</b>
          <p>{words[standing.kind]()}</p>
          {notAgain.length > 0 && (
            <p>{t('opened.notAgain', { views: notAgain.map((kind) => t(`opened.view.${kind}`)).join(', ') })}</p>
          )}
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('opened.close')}
          title={t('opened.close')}
          onClick={() => keepOpened(undefined)}
        >
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      {standing.kind === 'changed' && <Changes changes={standing.changes} />}
      {standing.kind === 'asked' && (
        <Button size="compact-sm" variant="default" onClick={() => openSaved(analysis)}>
          {t('opened.again')}
        </Button>
      )}
      {present && mayWrite && analysis.mayChange && (standing.kind === 'changed' || standing.kind === 'asked') && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={renew}>
          {t('opened.renew')}
        </Button>
      )}
    </section>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useSavedTexts();
  const { language } = useTexts();
  const more = changes.length - TOLD;
  return (
    <details className={classes.changes}>
      <summary>{t('opened.details')}</summary>
      <dl>
        {changes
          .slice(0, TOLD)
          .map((change) => changeWords(change, t, language))
          .map(({ what, how }) => (
            <div key={`${what} ${how}`}>
              <dt>{what}</dt>
              <dd>{how}</dd>
            </div>
          ))}
      </dl>
      {more > 0 && <p className={classes.dim}>{t('opened.more', { count: more })}</p>}
    </details>
  );
}
