import { Button, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import { useDidUpdate } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useRef } from 'react';
import { useMay } from '../../access/access.ts';
import { downloadFile, keepFile } from '../../api/download.ts';
import { RequestError } from '../../api/request.ts';
import { useSettings } from '../../api/settings.ts';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { useShownFigures } from '../figures.ts';
import { offsetOf } from '../room-zone.ts';
import { useOpened } from '../saved/opened.ts';
import { openBrief, useBrief } from './brief-state.ts';
import classes from './export-menu.module.css';
import { tableQuery } from './table-query.ts';
import { useMapFile } from './use-map-file.ts';
import { useBriefTexts } from './words.ts';

const AUDIENCES = ['internal', 'public'] as const;
const ENDINGS = ['csv', 'xlsx', 'geojson'] as const;

/** Everything that leaves the room: brief and flash card, the map as a picture, the table of the places as files. */
export function ExportMenu() {
  const { t } = useBriefTexts();
  const { language } = useTexts();
  const allowed = useMay('export');
  const { answer, pending, zone } = useShownFigures();
  const opened = useOpened(({ analysis }) => analysis);
  const { data: settings } = useSettings();
  const mapFile = useMapFile();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const isPrinting = useBrief(({ kind }) => kind !== undefined);
  // Whoever puts the document away is where he asked for it.
  useDidUpdate(() => {
    if (!isPrinting) button.current?.focus();
  }, [isPrinting]);
  const job = useMutation({
    mutationFn: (run: () => Promise<void>) => run(),
    onSuccess: () => notify({ message: t('done') }),
    onError: (error) => {
      const { code, details } = error instanceof RequestError ? error.body : {};
      // Who is asked for a proof and gives none has changed his mind.
      if (code === 'step_up_required') return;
      const ofAudience = details?.some(({ field }) => field === 'query.audience');
      const refusal = ofAudience ? t('noWholeArea') : t('forbidden');
      notify({ color: 'yellow', title: t('failed'), message: code === 'forbidden' ? refusal : t('failedHint') });
    },
  });
  if (!allowed) return null;
  const spec = answer?.spec;
  const level = spec?.places.kind === 'areas' ? spec.places.level : undefined;
  const table = (ending: string, audience: (typeof AUDIENCES)[number]) => {
    if (!spec || !zone || !level) return;
    const query = tableQuery(spec, audience, offsetOf(zone));
    job.mutate(() => downloadFile(`/api/hotspots/areas.${ending}?${query}`));
  };
  return (
    <Menu position="bottom-end" width={320} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          ref={button}
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="download" size={16} />}
          loading={job.isPending}
          disabled={!answer || pending}
        >
          {t('menu')}
        </Button>
      </Menu.Target>
      {/* A menu holds items and groups of them; what else is written in it describes them, and is no paragraph. */}
      <Menu.Dropdown aria-describedby={`${id}-logged`}>
        <Item title={t('full')} hint={t('fullHint')} onClick={() => openBrief('full')} />
        <Item title={t('flash')} hint={t('flashHint')} onClick={() => openBrief('flash')} />
        {opened && settings?.pdf && (
          <Item
            title={t('pdf')}
            hint={t('pdfHint')}
            onClick={() => job.mutate(() => downloadFile(`/api/analyses/${opened.id}.pdf?language=${language}`))}
          />
        )}
        <Item
          title={t('picture')}
          hint={t('pictureHint')}
          onClick={() => job.mutate(async () => keepFile(await mapFile()))}
        />
        <Menu.Divider />
        <Menu.Label>{t('tables')}</Menu.Label>
        {level ? (
          AUDIENCES.map((audience) => (
            <fieldset key={audience} className={classes.audience} aria-describedby={`${id}-${audience}`}>
              <legend>{t(audience)}</legend>
              <div id={`${id}-${audience}`} className={classes.about}>
                {t(`${audience}Hint`)}
              </div>
              <div className={classes.endings}>
                {ENDINGS.map((ending) => (
                  <Menu.Item
                    key={ending}
                    className={classes.ending}
                    aria-label={`${ending.toUpperCase()} – ${t(audience)}`}
                    onClick={() => table(ending, audience)}
                  >
                    {ending === 'geojson' ? 'GeoJSON' : ending.toUpperCase()}
                  </Menu.Item>
                ))}
              </div>
            </fieldset>
          ))
        ) : (
          <div className={classes.note}>{t('cells')}</div>
        )}
        <div id={`${id}-logged`} className={classes.note}>
          {t('logged')}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ title, hint, onClick }: { title: ReactNode; hint: string; onClick(): void }) {
  return (
    <Menu.Item onClick={onClick}>
      {title}
      <span className={classes.hint}>{hint}</span>
    </Menu.Item>
  );
}
