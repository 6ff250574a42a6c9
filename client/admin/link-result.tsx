import { Button } from '@mantine/core';
import type { AccessLink } from '../../shared/schemas/access.ts';
import { CopyField } from '../components/copy-field.tsx';
import { Icon } from '../components/icons.tsx';
import { Qr } from '../components/qr.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import classes from './admin.module.css';
import { opensHereOnly } from './opens-here-only.ts';
import { moment } from './times.ts';
import { useAdminTexts } from './words.ts';

interface LinkResultProps {
  title: string;
  hint?: string;
  link: AccessLink;
  onDone(): void;
}

/** A link that is shown once: to copy, to scan, with the time until which it works. */
export function LinkResult({ title, hint, link, onDone }: LinkResultProps) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const zone = useZone();
  return (
    <div className={classes.stack} role="status">
      <h3>{title}</h3>
      <div className={classes.link}>
        <Qr text={link.link} label={t('people.qr')} size={168} />
        <div className={classes.linkWords}>
          <CopyField label={t('people.linkLabel')} value={link.link} />
          {opensHereOnly(link.link) && (
            <p className={classes.warning}>
              <Icon name="warning" size={18} /> {t('onlyHere')}
            </p>
          )}
          <p className={classes.dim}>{t('validUntil', { time: moment(link.expiresAt, zone, language) })}</p>
          <p className={classes.dim}>{hint ?? t('copyHint')}</p>
          <Button variant="default" onClick={onDone}>
            {t('done')}
          </Button>
        </div>
      </div>
    </div>
  );
}
