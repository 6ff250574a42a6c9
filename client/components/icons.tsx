/** The interface's own icons: strokes on a 20 × 20 grid. Symbols with meaning on the map are in palette.ts. */
const PATHS = {
  operations: 'M10 2.5a7.5 7.5 0 1 0 7.5 7.5M10 6.5A3.5 3.5 0 1 0 13.5 10M10 10l6-6',
  planning: 'M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17zM7.5 3v12M12.5 5v12',
  analysis: 'M3 17h14M5 14V9M10 14V4M15 14v-7',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4',
  filter: 'M3 5h14M5.5 10h9M8 15h4',
  layers: 'M10 3l7.5 4L10 11 2.5 7zM3 11l7 3.7L17 11',
  ruler: 'M2.5 13.5l11-11 4 4-11 11zM6 10l1.7 1.7M8.5 7.5l2.2 2.2M11 5l1.7 1.7',
  polygon: 'M4 7l6-4 6.5 5-2.5 8H6z',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.4 4.4l1 1M14.6 14.6l1 1M15.6 4.4l-1 1M5.4 14.6l-1 1',
  moon: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z',
  wall: 'M2.5 4h15v10h-15zM7 17h6M10 14v3',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.8 2.8a3 3 0 0 0 4.3 4.3l1-1',
  close: 'M5 5l10 10M15 5L5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  chevronLeft: 'M12.5 4.5L7 10l5.5 5.5',
  chevronRight: 'M7.5 4.5L13 10l-5.5 5.5',
  chevronUp: 'M4.5 12.5L10 7l5.5 5.5',
  chevronDown: 'M4.5 7.5L10 13l5.5-5.5',
  target: 'M10 5.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10 2v3.5M10 14.5V18M2 10h3.5M14.5 10H18',
  pin: 'M10 17.5S4.5 12 4.5 8a5.5 5.5 0 0 1 11 0c0 4-5.5 9.5-5.5 9.5zM10 6.3a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8',
  home: 'M3 9.5L10 4l7 5.5M5 8.5V16h10V8.5',
  warning: 'M10 3.5l7.5 13h-15zM10 8v4M10 14.3v.01',
  clock: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 6v4.2l2.8 1.8',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  area: 'M3.5 6.5l5-3 8 3.5-1.5 8-6.5 1.5-4-4z',
  list: 'M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  battery: 'M2.5 7h13v6h-13zM17.5 9v2',
  heading: 'M10 2.5l5 14-5-3-5 3z',
  check: 'M4 10.5l4 4 8-9',
  copy: 'M7 7h9.5v9.5H7zM4 12.5V3.5h9',
  person: 'M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3.5 17c.6-3.5 3-5 6.5-5s5.9 1.5 6.5 5',
  people:
    'M7.5 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2 16.5c.5-3.3 2.5-4.7 5.5-4.7s5 1.4 5.5 4.7M13 4a3 3 0 0 1 0 5.5M14.5 12c2 .5 3.1 2 3.5 4.5',
  gear: 'M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6',
  key: 'M6.5 7a4 4 0 1 0 3.8 5.3h2.2v2.2h2.5v-2.2h2.5V9.7h-7.2A4 4 0 0 0 6.5 7M6.5 11h.01',
  device: 'M6 2.5h8v15H6zM9.2 15h1.6',
  book: 'M10 5C8.5 3.8 6 3.3 3 3.5v12c3-.2 5.5.3 7 1.5 1.5-1.2 4-1.7 7-1.5v-12C14 3.3 11.5 3.8 10 5zM10 5v12',
  exit: 'M8 3.5H3.5v13H8M12.5 6.5L16 10l-3.5 3.5M16 10H7.5',
  shield: 'M10 2.5l6.5 2.5v4.5c0 4-2.6 6.7-6.5 8-3.9-1.3-6.5-4-6.5-8V5z',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13',
  pencil: 'M3.5 16.5l1-4L13 4l3 3-8.5 8.5z',
  trash: 'M4 6h12M8 6V3.5h4V6M5.5 6l.8 10.5h7.4L14.5 6',
  play: 'M6 4l10 6-10 6z',
  pause: 'M7 4v12M13 4v12',
  help: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M7.7 7.8a2.3 2.3 0 1 1 3.3 2c-.7.4-1 .9-1 1.7M10 14v.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; the control that holds it carries the name. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const dots = name === 'more' || name === 'keyboard' || name === 'list';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={dots ? 1.9 : 1.6}
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
