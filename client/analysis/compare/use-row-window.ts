import { type RefObject, useEffect, useState } from 'react';

/** How high a row is, as the style sheet says: a thumb needs more than a pointer. */
export const rowPx = (phone: boolean) => (phone ? 44 : 36);
/** Rows drawn beyond the edges, so that scrolling meets drawn ones. */
const BEYOND = 8;

/** Which rows of the same height, `px`, are in sight of a scrolling element: from `first` up to, not including, `last`. */
export function useRowWindow(
  element: RefObject<HTMLElement | null>,
  count: number,
  px: number,
): { first: number; last: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(12 * px);
  useEffect(() => {
    const body = element.current;
    if (!body) return;
    const follow = () => {
      setTop(body.scrollTop);
      setHeight(body.clientHeight);
    };
    follow();
    body.addEventListener('scroll', follow, { passive: true });
    return () => body.removeEventListener('scroll', follow);
  }, [element]);
  const first = Math.max(0, Math.min(Math.floor(top / px) - BEYOND, count - BEYOND));
  return { first, last: Math.min(count, Math.ceil((top + height) / px) + BEYOND) };
}
