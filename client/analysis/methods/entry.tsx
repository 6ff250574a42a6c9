import type { ReactNode } from 'react';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { ENTRIES } from './entries.ts';
import { Formula } from './formula-view.tsx';
import { anchorOf, type MethodKey } from './method-keys.ts';
import classes from './methods.module.css';
import type { Source } from './sources.ts';
import { methodText, pageText } from './texts.ts';

interface EntryProps {
  of: MethodKey;
  open: boolean;
  onToggle(open: boolean): void;
}

/** One figure: what it says, its formula, what it assumes, when not to use it, and its source. */
export function Entry({ of: key, open, onToggle }: EntryProps) {
  const { language } = useTexts();
  const page = pageText(language);
  const { formulas, sources } = ENTRIES[key];
  const { title, what, where, assumes, sided, avoid, rules } = methodText(key, language);
  return (
    <details
      id={anchorOf(key)}
      className={classes.entry}
      open={open}
      onToggle={(event) => onToggle(event.currentTarget.open)}
    >
      <summary>
        <Icon name="chevronRight" size={16} />
        {title}
      </summary>
      <div className={classes.body}>
        <p>{what}</p>
        <div className={classes.formulas}>
          {formulas.map((source) => (
            <Formula key={source} source={source} />
          ))}
          <dl className={classes.where} aria-label={page.where}>
            {where.map(([sign, meaning]) => (
              <div key={sign}>
                <dt>
                  <Formula source={sign} inline />
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
        {rules && (
          <Part title={page.rules}>
            <dl className={classes.rules}>
              {rules.map(([name, rule]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{rule}</dd>
                </div>
              ))}
            </dl>
          </Part>
        )}
        <Part title={page.assumes}>
          <List items={assumes} />
        </Part>
        {sided && (
          <Part title={page.sided}>
            <p>{sided}</p>
          </Part>
        )}
        <Part title={page.avoid}>
          <List items={avoid} />
        </Part>
        {sources.length > 0 && (
          <Part title={page.sources}>
            <ul className={classes.sources}>
              {sources.map((source) => (
                <li key={source.title}>
                  <Reference source={source} />
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function Reference({ source: { authors, year, title, where, doi } }: { source: Source }) {
  return (
    <>
      {authors} ({year}). <cite>{title}</cite>. {where}.
      {doi && (
        <>
          {' '}
          <a href={`https://doi.org/${doi}`} target="_blank" rel="noreferrer">
            doi:{doi}
          </a>
        </>
      )}
    </>
  );
}
