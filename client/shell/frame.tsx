import { usePhone } from '../components/use-phone.ts';
import { useTexts } from '../i18n/i18n.ts';
import classes from './frame.module.css';
import { MapFrame } from './map-frame.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

/** Rail, bar, panels and timeline around the one map. */
export function Frame() {
  const { t } = useTexts();
  const phone = usePhone();
  return (
    <div className={`${classes.frame} ${phone ? classes.phone : ''}`}>
      <a className={classes.skip} href="#map">
        {t('app.skipToMap')}
      </a>
      {!phone && <Rail className={classes.rail} />}
      <TopBar className={classes.bar} phone={phone} />
      <main className={classes.map}>
        <MapFrame />
      </main>
    </div>
  );
}
