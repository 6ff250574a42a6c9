import type { Brief } from './brief-of.ts';
import classes from './document.module.css';
import { useBriefTexts } from './words.ts';

/** What the figures rest on: what is counted and what is not, the baseline and what to beware of, as of when. */
export function BasisTable({ brief }: { brief: Brief }) {
  const { t } = useBriefTexts();
  return (
    <section>
      <h2>{t('basis')}</h2>
      <dl className={classes.basis}>
        {brief.basis.map(([label, lines]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
