import type { ReactNode } from 'react';
import classes from './sheet.module.css';

interface PartProps {
  title: string;
  lead?: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a sheet: what it is, how it stands, what can be done. */
export function Part({ title, lead, action, children }: PartProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <div>
          <h3>{title}</h3>
          {lead && <p className={classes.dim}>{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Rows of a part, or that there are none. */
export function Rows({ empty, children }: { empty: string; children: ReactNode[] }) {
  return children.length === 0 ? <p className={classes.dim}>{empty}</p> : <ul className={classes.rows}>{children}</ul>;
}

/** One thing of a list, and what is known of it; what does not apply is `false` or empty. */
export function Row({ title, facts }: { title: string; facts: (string | false)[] }) {
  return (
    <li>
      <div>
        <b>{title}</b>
        <p className={classes.dim}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </li>
  );
}
