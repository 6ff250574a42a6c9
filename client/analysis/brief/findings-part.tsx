import type { Brief } from './brief-of.ts';
import classes from './document.module.css';

/** What the other views found on the same question: the verdict, what it rests on, and when it was found. */
export function FindingsPart({ brief: { findings } }: { brief: Brief }) {
  return findings.map(({ heading, verdict, lines, found }) => (
    <section key={heading} aria-label={heading}>
      <h2>{heading}</h2>
      <p>
        <b>{verdict}</b>
      </p>
      {[...lines, found].map((line) => (
        <p key={line} className={classes.small}>
          {line}
        </p>
      ))}
    </section>
  ));
}
