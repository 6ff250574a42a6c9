/** What the map draws at a unit's symbol beside its shape and colour. */
export const UNIT_MARKS = ['nose', 'busy', 'clock', 'mock'] as const;

/** One of those marks at a plain symbol, as the map draws it. Decorative. */
export function SymbolMark({ mark }: { mark: (typeof UNIT_MARKS)[number] }) {
  const isGrey = mark === 'clock';
  return (
    <svg width="28" height="28" viewBox="-14 -14 28 28" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      {mark === 'busy' && <circle r="11" fill="none" stroke="var(--waiting)" strokeWidth="2" />}
      {mark === 'nose' && <path d="M0 -12.5 4 -7h-8z" fill="var(--text)" />}
      <circle r="6" fill={isGrey ? 'var(--stale)' : 'var(--text)'} opacity={isGrey ? 0.6 : 1} />
      {mark === 'mock' && (
        <path d="M-6 2 2 -6M-5 5 5 -5M-2 6 6 -2" stroke="var(--panel)" strokeWidth="1.6" fill="none" />
      )}
      {(mark === 'clock' || mark === 'mock') && (
        <g transform="translate(6.5 6.5)">
          <circle r="5" fill="var(--stale)" stroke="var(--panel)" strokeWidth="1.2" />
          <path
            d={mark === 'clock' ? 'M0 -2.8V0.4L2.2 1.6' : 'M-1.5 -1.2a1.5 1.5 0 1 1 1.5 1.6v.8M0 2.6v.1'}
            fill="none"
            stroke="var(--panel)"
            strokeWidth="1.3"
            strokeLinecap="round"
          />
        </g>
      )}
    </svg>
  );
}
