/** Icons of the room alone: strokes on a 20 × 20 grid, as those of the whole page. */
const PATHS = {
  hand: 'M6.5 10V5.2a1.3 1.3 0 0 1 2.6 0V9m0-4.8a1.3 1.3 0 0 1 2.6 0V9m0-3.6a1.3 1.3 0 0 1 2.6 0V12c0 3-1.8 5.2-4.8 5.2-2.4 0-3.6-1-4.8-3L3.2 11a1.3 1.3 0 0 1 2.2-1.3l1.1 1.6',
  brush:
    'M16.8 3.2c-3 1.2-6.5 4.4-8 7l2 2c2.6-1.5 5.8-5 7-8zM8.2 11.2c-2.4-.4-3.6 1-3.8 2.8-.1 1.2-.7 2-1.9 2.3 2.6 1.4 7.4.8 7.6-2.9z',
  lasso:
    'M10 3.5c-4 0-7 2-7 4.6s3 4.6 7 4.6 7-2 7-4.6-3-4.6-7-4.6M6.5 12.3c-1.5.4-2 2.6-.3 3 1.4.3 2.2-1 1.3-2.4M6.4 15.3c.2 1.2 1.2 1.9 2.6 1.9',
  kecamatan: 'M3.5 6.5l5-3 8 3.5-1.5 8-6.5 1.5-4-4zM9 4v12M4 10.5l12-1',
  eraser:
    'M8.5 16.5l-4.6-4.6a1.5 1.5 0 0 1 0-2.1l6-6a1.5 1.5 0 0 1 2.1 0l4.2 4.2a1.5 1.5 0 0 1 0 2.1l-6.3 6.4zM7 6.8l6.3 6.3M8.5 16.5H17',
  undo: 'M4 8.5h8a4.5 4.5 0 0 1 0 9H8M4 8.5L7.5 5M4 8.5L7.5 12',
  redo: 'M16 8.5H8a4.5 4.5 0 0 0 0 9h4M16 8.5L12.5 5M16 8.5L12.5 12',
  locked: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12.5v1.5',
  unlocked: 'M5 9h10v8H5zM7 9V6.2a3 3 0 0 1 5.6-1.5M10 12.5v1.5',
} as const;

export type ToolIconName = keyof typeof PATHS;

/** A decorative icon; the control that holds it carries the name. */
export function ToolIcon({ name, size = 20 }: { name: ToolIconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none', display: 'block' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
