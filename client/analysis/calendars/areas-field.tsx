import { ActionIcon } from '@mantine/core';
import { useArea } from '../../api/areas.ts';
import { AreaPicker } from '../../components/area-picker.tsx';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import classes from './calendars.module.css';
import { useCalendarTexts } from './words.ts';

/** The areas where people vote: found by name or code, taken out one by one. */
export function AreasField({ codes, onChange }: { codes: readonly string[]; onChange(codes: string[]): void }) {
  const { t } = useCalendarTexts();
  return (
    <>
      {codes.length > 0 ? (
        <ul className={classes.areas} aria-label={t('areas')}>
          {codes.map((code) => (
            <Area key={code} code={code} onRemove={() => onChange(codes.filter((other) => other !== code))} />
          ))}
        </ul>
      ) : (
        <p className={classes.dim}>{t('noAreas')}</p>
      )}
      <AreaPicker value={undefined} onChange={(code) => code && !codes.includes(code) && onChange([...codes, code])} />
    </>
  );
}

function Area({ code, onRemove }: { code: string; onRemove(): void }) {
  const { t } = useCalendarTexts();
  const { t: common } = useTexts();
  const { data: area } = useArea(code);
  const name = area?.name ?? code;
  return (
    <li>
      <span>
        {name} <small>{[area && common(`level.${area.level}`), code].filter(Boolean).join(' · ')}</small>
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        aria-label={t('removeArea', { name })}
        title={t('removeArea', { name })}
        onClick={onRemove}
      >
        <Icon name="close" size={18} />
      </ActionIcon>
    </li>
  );
}
