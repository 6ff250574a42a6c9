import { ActionIcon, Button } from '@mantine/core';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { spanWords } from '../days.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './map.module.css';
import type { Play } from './use-play.ts';

/** Plays the counts through time, or shows one step of it; the classes stay. */
export function PlayPart({ play }: { play: Play }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  if (play.steps < 2) return null;
  if (play.step === undefined)
    return (
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="play" size={16} />}
        className={classes.start}
        onClick={() => play.run(true)}
      >
        {t('play.start')}
      </Button>
    );
  const label = play.running ? t('play.pause') : t('play.go');
  return (
    <section className={classes.play} aria-label={t('play.title')}>
      <ActionIcon variant="default" size={36} aria-label={label} title={label} onClick={() => play.run(!play.running)}>
        <Icon name={play.running ? 'pause' : 'play'} size={18} />
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={play.steps - 1}
        value={play.step}
        aria-label={t('play.title')}
        aria-valuetext={play.span && spanWords(play.span, language)}
        onChange={(event) => {
          play.run(false);
          play.show(Number(event.currentTarget.value));
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('play.end')}
        title={t('play.end')}
        onClick={() => play.show(undefined)}
      >
        <Icon name="close" size={18} />
      </ActionIcon>
      <p>
        {play.failed
          ? t('play.failed')
          : play.loading || !play.span
            ? t('state.computing')
            : `${spanWords(play.span, language)} (${play.step + 1}/${play.steps})`}
      </p>
    </section>
  );
}
