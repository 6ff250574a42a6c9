import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { SHEET_HEIGHTS, type SheetHeight, usePanels } from '../state/panels.ts';
import classes from './bottom-sheet.module.css';
import { DetailContent, useHasDetail } from './detail-panel.tsx';
import { RoomContent } from './left-panel.tsx';
import { TimeStrip } from './time-strip.tsx';

/** Share of the space below the bar that each height takes; the lowest is its handle and the tabs. */
const SHARES: Record<SheetHeight, number> = { low: 0, half: 0.5, full: 1 };
export const LOW_PX = 84;
/** Height of the sheet at half, of what is below the bar. */
export const HALF = '52%';

/** The panels of a phone: one sheet over the map, at three heights. */
export function BottomSheet() {
  const { t } = useTexts();
  const height = usePanels((panels) => panels.sheet);
  const detail = useHasDetail();
  const sheet = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ startY: number; startHeight: number; height: number } | undefined>();
  const { set } = usePanels.getState();

  // The map must not hide what is chosen: opening a detail raises the sheet.
  useEffect(() => {
    if (detail && usePanels.getState().sheet === 'low') usePanels.getState().set({ sheet: 'half' });
  }, [detail]);

  const room = () => (sheet.current?.parentElement?.clientHeight ?? window.innerHeight) - 8;
  const end = (event: PointerEvent) => {
    if (!drag) return;
    const moved = Math.abs(event.clientY - drag.startY);
    setDrag(undefined);
    if (moved < 6) return next();
    const share = drag.height / room();
    const nearest = [...SHEET_HEIGHTS].sort((a, b) => Math.abs(SHARES[a] - share) - Math.abs(SHARES[b] - share))[0];
    if (nearest) set({ sheet: nearest });
  };
  const next = () => set({ sheet: height === 'low' ? 'half' : height === 'half' ? 'full' : 'low' });
  const css = height === 'low' ? `${LOW_PX}px` : height === 'half' ? HALF : 'calc(100% - 8px)';

  return (
    <section
      ref={sheet}
      className={classes.sheet}
      style={{ height: drag ? drag.height : css, transition: drag ? 'none' : undefined }}
      data-height={height}
      aria-label={t('sheet.label')}
    >
      <button
        type="button"
        className={classes.handle}
        aria-label={t('sheet.handle')}
        aria-expanded={height !== 'low'}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const startHeight = sheet.current?.clientHeight ?? 0;
          setDrag({ startY: event.clientY, startHeight, height: startHeight });
        }}
        onPointerMove={(event) => {
          if (!drag) return;
          const to = drag.startHeight + drag.startY - event.clientY;
          setDrag({ ...drag, height: Math.min(room(), Math.max(LOW_PX, to)) });
        }}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            next();
          }
          const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          const to = step && SHEET_HEIGHTS[SHEET_HEIGHTS.indexOf(height) + step];
          if (to) set({ sheet: to });
        }}
      >
        <span className={classes.grip} />
        <Icon name={height === 'full' ? 'chevronDown' : 'chevronUp'} size={16} />
      </button>
      <div className={classes.content}>{detail ? <DetailContent /> : <RoomContent />}</div>
      {height === 'full' && !detail && <TimeStrip />}
    </section>
  );
}
