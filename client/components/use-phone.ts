import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

/** Whether the page is as narrow as a phone. Paper is narrow too: while it is printed, everything stays as it was on the screen. */
export function usePhone(): boolean {
  const narrow = useMediaQuery('(max-width: 767px)', isPhone(), { getInitialValueInEffect: false });
  const [before, setBefore] = useState(narrow);
  if (narrow !== before && !matchMedia('print').matches) {
    setBefore(narrow);
    return narrow;
  }
  return before;
}

/** The same, asked once. */
export function isPhone(): boolean {
  return window.innerWidth < 768;
}
