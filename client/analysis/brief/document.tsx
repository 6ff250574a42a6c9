import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { MapLegend } from '../map/map-legend.tsx';
import { ENTRIES } from '../methods/entries.ts';
import { METHOD_OF_MEASURE } from '../methods/method-keys.ts';
import { methodText } from '../methods/texts.ts';
import { BasisTable } from './basis.tsx';
import type { Brief } from './brief-of.ts';
import classes from './document.module.css';
import { unitOf } from './facts.ts';
import { FindingsPart } from './findings-part.tsx';
import { PlacesTable } from './places-table.tsx';
import { SeriesChart } from './series-chart.tsx';
import { useBriefTexts } from './words.ts';

/** The whole brief, as it is printed. */
export function FullBrief({ brief }: { brief: Brief }) {
  const { t } = useBriefTexts();
  return (
    <>
      <Head brief={brief} kind="full" />
      <Facts brief={brief} />
      <Decision text={brief.decision} />
      <section className={classes.mapPart}>
        <img src={brief.picture.url} width={brief.picture.width} height={brief.picture.height} alt={t('map')} />
        {brief.legend && <MapLegend {...brief.legend} />}
      </section>
      <section>
        <h2>{t('chart', { unit: t(unitOf(brief.series.steps)), place: brief.series.name })}</h2>
        <SeriesChart series={brief.series} spec={brief.spec} />
      </section>
      <PlacesTable brief={brief} />
      <FindingsPart brief={brief} />
      {brief.text.length > 0 && (
        <section>
          <h2>{t('text')}</h2>
          {brief.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      )}
      <BasisTable brief={brief} />
      <MethodBox brief={brief} />
    </>
  );
}

/** One page: what, where, since when, how sure, whether patrols helped where that was asked, the decision asked, what to beware of. */
export function FlashCard({ brief }: { brief: Brief }) {
  const { t } = useBriefTexts();
  const effect = brief.findings.filter(({ kind }) => kind === 'effect');
  return (
    <div className={classes.flash} data-full={effect.length + brief.caution.length > 0 || undefined}>
      <Head brief={brief} kind="flash" />
      <dl className={classes.flashFacts}>
        {(['what', 'where', 'since', 'sure'] as const).map((fact) => (
          <div key={fact}>
            <dt>{t(`fact.${fact}`)}</dt>
            <dd>{brief.facts[fact]}</dd>
          </div>
        ))}
        {effect.map(({ heading, verdict }) => (
          <div key={heading}>
            <dt>{heading}</dt>
            <dd>{verdict}</dd>
          </div>
        ))}
      </dl>
      <Decision text={brief.decision} />
      <section className={classes.mapPart} data-flash>
        <img src={brief.picture.url} width={brief.picture.width} height={brief.picture.height} alt={t('map')} />
        {brief.legend && <MapLegend {...brief.legend} lines={brief.legend.lines.slice(0, 1)} />}
      </section>
      {brief.legend && brief.legend.lines.length > 1 && (
        <p className={classes.small}>{brief.legend.lines.slice(1).join(' ')}</p>
      )}
      {brief.caution.length > 0 && (
        <p className={classes.small}>
          <b>{t('careful')}:</b> {brief.caution.join('. ')}
        </p>
      )}
      <p className={classes.asOf}>
        {t('asOf')} {brief.version}
      </p>
      <div className={classes.receipt}>{t('acknowledge')}</div>
    </div>
  );
}

function Head({ brief, kind }: { brief: Brief; kind: 'full' | 'flash' }) {
  const { t } = useBriefTexts();
  return (
    <header>
      <div className={classes.band}>
        <b>Ronda · {t(`head.${kind}`)}</b>
        <span>{[brief.sample && t('sample'), t('internalMark')].filter(Boolean).join(' · ')}</span>
      </div>
      <h1>{brief.title}</h1>
      <p className={classes.subtitle}>
        {brief.where} · {brief.span}
      </p>
    </header>
  );
}

function Facts({ brief }: { brief: Brief }) {
  const { t } = useBriefTexts();
  return (
    <dl className={classes.facts}>
      {(['what', 'where', 'since', 'sure'] as const).map((fact) => (
        <div key={fact}>
          <dt>{t(`fact.${fact}`)}</dt>
          <dd>{brief.facts[fact]}</dd>
        </div>
      ))}
    </dl>
  );
}

function Decision({ text }: { text: string }): ReactNode {
  const { t } = useBriefTexts();
  return (
    <section className={classes.decision} data-open={text === '' || undefined}>
      <h2>{t('decision')}</h2>
      <p>{text || t('decisionNone')}</p>
    </section>
  );
}

function MethodBox({ brief }: { brief: Brief }) {
  const { t } = useBriefTexts();
  const { language } = useTexts();
  const key = METHOD_OF_MEASURE[brief.spec.measure];
  const { title, what, sided } = methodText(key, language);
  const [source] = ENTRIES[key].sources;
  return (
    <section className={classes.method}>
      <h2>
        {t('method')}: {title}
      </h2>
      <p>{[what, sided].filter(Boolean).join(' ')}</p>
      {source && (
        <p>{t('source', { source: `${source.authors} (${source.year}), ${source.title}, ${source.where}` })}</p>
      )}
    </section>
  );
}
