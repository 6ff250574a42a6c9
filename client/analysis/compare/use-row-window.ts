import { type RefObject, useEffect, useState } from 'react';

export const ROW_PX = 32;
/** Rows drawn beyond the edges, so that scrolling meets drawn ones. */
const BEYOND = 8;

/** Which rows of equal height are in sight of a scrolling element: from `first` up to, not including, `last`. */
export function useRowWindow(element: RefObject<HTMLElement | null>, count: number): { first: number; last: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(12 * ROW_PX);
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
  const first = Math.max(0, Math.min(Math.floor(top / ROW_PX) - BEYOND, count - BEYOND));
  return { first, last: Math.min(count, Math.ceil((top + height) / ROW_PX) + BEYOND) };
}
