import { encode } from 'uqr';
import classes from './qr.module.css';

/** A QR code, always dark on white: cameras in a dark room read nothing else. */
export function Qr({ text, label, size = 208 }: { text: string; label: string; size?: number }) {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      className={classes.qr}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={modules} height={modules} fill="#FFFFFF" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
