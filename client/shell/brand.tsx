import { UNIT_SHAPES } from '../palette.ts';

/** The watchman's lantern. */
export function Brand() {
  return (
    <svg width="28" height="28" viewBox="0 0 24 24" role="img" aria-label="Ronda">
      <path d={UNIT_SHAPES.lantern} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      <path d="M12 8c.6 1.8 2.6 3 2.6 5.2a2.6 2.6 0 0 1-5.2 0C9.4 11 11.4 9.8 12 8z" fill="currentColor" />
    </svg>
  );
}
