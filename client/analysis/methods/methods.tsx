import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { Entry } from './entry.tsx';
import { anchorOf, METHOD_PARTS, type MethodKey, type MethodPart } from './method-keys.ts';
import classes from './methods.module.css';
import { pageText } from './texts.ts';
import { useWanted } from './wanted.ts';

const PARTS = Object.keys(METHOD_PARTS) as MethodPart[];

/** The page of methods: what each figure of the room means, and where it comes from. */
export default function Methods() {
  const { language } = useTexts();
  const wanted = useWanted(({ entry }) => entry);
  const [open, setOpen] = useState<ReadonlySet<MethodKey>>(new Set(wanted && [wanted.key]));
  useEffect(() => {
    if (!wanted) return;
    setOpen((before) => new Set(before).add(wanted.key));
    const entry = document.getElementById(anchorOf(wanted.key));
    entry?.scrollIntoView({ block: 'start' });
    entry?.querySelector('summary')?.focus({ preventScroll: true });
  }, [wanted]);
  const toggle = (key: MethodKey, isOpen: boolean) =>
    setOpen((before) => {
      const after = new Set(before);
      if (isOpen) after.add(key);
      else after.delete(key);
      return after;
    });
  const page = pageText(language);
  return (
    <article className={classes.methods}>
      <p className={classes.lead}>{page.lead}</p>
      {PARTS.map((part) => (
        <section key={part} aria-label={page.parts[part]}>
          <h2>{page.parts[part]}</h2>
          {METHOD_PARTS[part].map((key) => (
            <Entry key={key} of={key} open={open.has(key)} onToggle={(isOpen) => toggle(key, isOpen)} />
          ))}
        </section>
      ))}
    </article>
  );
}
