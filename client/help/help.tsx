import { Button, Checkbox } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import { useState } from 'react';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { asText, documentsIn, type HelpDocument } from './documents.ts';
import classes from './help.module.css';

const SAVE = { id: 'Unduh sebagai teks', en: 'Download as text' } as const;

/** Help: the forms that the law asks of whoever runs the map, with what is known of it filled in. */
export default function Help() {
  const { language } = useTexts();
  const documents = documentsIn(language);
  const [key, setKey] = useState<HelpDocument['key']>('impact');
  const shown = documents.find((each) => each.key === key);
  if (!shown) return null;
  return (
    <div className={classes.help}>
      <nav className={classes.tabs} aria-label={shown.title}>
        {documents.map((each) => (
          <button
            key={each.key}
            type="button"
            aria-current={each.key === key ? 'page' : undefined}
            onClick={() => setKey(each.key)}
          >
            {each.title}
          </button>
        ))}
      </nav>
      <article className={classes.document}>
        <h2>{shown.title}</h2>
        <p className={classes.lead}>{shown.lead}</p>
        <div className={classes.actions}>
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="download" size={16} />}
            onClick={() => download(`${shown.key}.md`, asText(shown))}
          >
            {SAVE[language]}
          </Button>
        </div>
        {shown.parts.map(({ title, items }) => (
          <section key={title}>
            <h3>{title}</h3>
            {shown.checklist ? (
              <ul className={classes.checks}>
                {items.map(({ label, known }) => (
                  <li key={label}>
                    <Checkbox label={label} description={known} />
                  </li>
                ))}
              </ul>
            ) : (
              <dl className={classes.items}>
                {items.map(({ label, known }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd data-open={known === undefined || undefined}>{known ?? '…'}</dd>
                  </div>
                ))}
              </dl>
            )}
          </section>
        ))}
      </article>
    </div>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `ronda-${name}`;
  link.click();
  URL.revokeObjectURL(address);
}
