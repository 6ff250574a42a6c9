import '@mantine/core/styles/Popover.layer.css';
import { ActionIcon, Button, Popover } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Suspense, useRef, useState } from 'react';
import { type DaySpan, daysShared } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useCalendars } from '../../api/calendars.ts';
import { Icon, type IconName } from '../../components/icons.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { usePhone } from '../../components/use-phone.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../lazy-part.ts';
import { usePanels } from '../../state/panels.ts';
import { spanWords } from '../days.ts';
import { useRoomZone } from '../room-zone.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import { Bands } from './bands.tsx';
import { BaselineChoices } from './baseline-choices.tsx';
import { Chart } from './chart.tsx';
import { withPeriod } from './choices.ts';
import classes from './ribbon.module.css';
import { fitted, panned, zoomed } from './spans.ts';
import { StageSelect } from './stage-select.tsx';

const Calendars = lazyPart(() => import('../calendars/calendars.tsx'));

const NONE: readonly ElectionCalendar[] = [];

/** Stages of elections over what happened each day: where period and baseline are chosen. */
export default function StageRibbon({ className }: { className?: string | undefined }) {
  const { t } = useAnalysisTexts();
  const { t: common } = useTexts();
  const spec = useAnalysis((analysis) => analysis.spec);
  const zone = useRoomZone();
  const unfolded = usePanels((panels) => panels.timeline);
  const phone = usePhone();
  // A phone has little room: there it is opened by whoever wants to draw, and not for good.
  const [wanted, setWanted] = useState(false);
  const open = phone ? wanted : unfolded;
  const setOpen = (next: boolean) => (phone ? setWanted(next) : usePanels.getState().set({ timeline: next }));
  const { data: calendars = NONE } = useCalendars();
  const label = open ? common('timeline.collapse') : common('timeline.expand');
  return (
    <section className={`${classes.ribbon} ${className ?? ''}`} aria-label={t('ribbon.title')}>
      {spec && zone ? (
        <Parts spec={spec} zone={zone} calendars={calendars} open={open} onOpen={() => setOpen(true)} />
      ) : (
        <header className={classes.head}>
          <h2>{t('ribbon.title')}</h2>
        </header>
      )}
      <ActionIcon
        className={classes.fold}
        variant="subtle"
        color="gray"
        size={28}
        aria-label={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevronDown' : 'chevronUp'} size={16} />
      </ActionIcon>
    </section>
  );
}

interface PartsProps {
  spec: AnalysisSpec;
  zone: Zone;
  calendars: readonly ElectionCalendar[];
  open: boolean;
  onOpen(): void;
}

function Parts({ spec, zone, calendars, open, onOpen }: PartsProps) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const spans = [spec.period, ...(spec.baseline ? [spec.baseline] : [])];
  const [seen, setSeen] = useState<DaySpan>();
  const [which, setWhich] = useState<'period' | 'baseline'>('period');
  const [choosing, setChoosing] = useState(false);
  // Whatever period was chosen elsewhere is to be seen.
  const domain = seen && spans.every((span) => daysShared(span, seen) > 0) ? seen : fitted(spans);
  const choosePeriod = (period: DaySpan) => useAnalysis.getState().ask(withPeriod(period, spec.baseline, calendars));
  const brush = (span: DaySpan) => {
    setSeen(domain);
    if (which === 'period') choosePeriod(span);
    else useAnalysis.getState().ask({ baseline: { ...span, kind: 'own' } });
  };
  const tools: [IconName, string, () => void][] = [
    ['chevronLeft', t('ribbon.earlier'), () => setSeen(panned(domain, -0.5))],
    ['chevronRight', t('ribbon.later'), () => setSeen(panned(domain, 0.5))],
    ['minus', t('ribbon.zoomOut'), () => setSeen(zoomed(domain, 2))],
    ['plus', t('ribbon.zoomIn'), () => setSeen(zoomed(domain, 0.5))],
    ['target', t('ribbon.fit'), () => setSeen(undefined)],
  ];
  return (
    <>
      <header className={classes.head} data-open={open}>
        <h2>{t('ribbon.title')}</h2>
        <StageSelect calendars={calendars} period={spec.period} onChoose={choosePeriod} />
        <CalendarsButton />
        <Popover
          opened={choosing}
          onChange={setChoosing}
          width={440}
          position="top-start"
          trapFocus
          returnFocus
          withinPortal
        >
          <Popover.Target>
            <Button
              className={classes.baselineButton}
              size="compact-xs"
              variant="default"
              onClick={() => setChoosing(!choosing)}
            >
              {spec.baseline ? t('ribbon.changeBaseline') : t('ribbon.addBaseline')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown className={classes.popover}>
            <BaselineChoices
              spec={spec}
              calendars={calendars}
              onChosen={() => setChoosing(false)}
              onOwn={() => {
                setChoosing(false);
                setWhich('baseline');
                onOpen();
              }}
            />
          </Popover.Dropdown>
        </Popover>
        {open && (
          <>
            <div className={classes.which}>
              <ToggleChips
                single
                hideLabel
                label={t('ribbon.brush')}
                options={[
                  { value: 'period' as const, label: t('question.period') },
                  { value: 'baseline' as const, label: t('ribbon.baseline') },
                ]}
                chosen={[which]}
                onChange={([next]) => next && setWhich(next)}
              />
            </div>
            <span className={classes.seen}>{spanWords(domain, language)}</span>
            <span className={classes.tools}>
              {tools.map(([icon, label, act]) => (
                <ActionIcon
                  key={icon}
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={label}
                  title={label}
                  onClick={act}
                >
                  <Icon name={icon} size={16} />
                </ActionIcon>
              ))}
            </span>
          </>
        )}
      </header>
      {open && (
        <div ref={ref} className={classes.body}>
          {width > 0 && (
            <>
              <Bands calendars={calendars} domain={domain} width={width} period={spec.period} onChoose={choosePeriod} />
              <Chart spec={spec} zone={zone} domain={domain} width={width} which={which} onBrush={brush} />
            </>
          )}
        </div>
      )}
    </>
  );
}

/** Opens the sheet where the calendars themselves are kept. */
function CalendarsButton() {
  const { t } = useAnalysisTexts();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <ActionIcon
        ref={button}
        className={classes.calendars}
        variant="default"
        size={28}
        aria-label={t('ribbon.calendars')}
        aria-haspopup="dialog"
        title={t('ribbon.calendars')}
        onClick={() => setOpen(true)}
      >
        <Icon name="pencil" size={16} />
      </ActionIcon>
      {open && (
        <Suspense>
          <Calendars onClose={close} />
        </Suspense>
      )}
    </>
  );
}
