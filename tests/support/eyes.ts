type Rgb = [number, number, number];

const linear = (hex: string): Rgb => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r ?? 0, g ?? 0, b ?? 0];
};
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
/** Contrast of two `#RRGGBB` colours, 1 to 21 (WCAG 2). */
export const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))];
  return Math.max(x, y) / Math.min(x, y);
};
const oklab = ([r, g, b]: Rgb): Rgb => {
  const l = Math.cbrt(0.4122 * r + 0.5363 * g + 0.0514 * b);
  const m = Math.cbrt(0.2119 * r + 0.6807 * g + 0.1074 * b);
  const s = Math.cbrt(0.0883 * r + 0.2817 * g + 0.63 * b);
  return [
    0.2105 * l + 0.7936 * m - 0.0041 * s,
    1.978 * l - 2.4286 * m + 0.4506 * s,
    0.0259 * l + 0.7828 * m - 0.8087 * s,
  ];
};
/** Machado, Oliveira & Fernandes 2009, severity 1. */
export const EYES: Record<string, number[]> = {
  common: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.1523, 1.0526, -0.2049, 0.1145, 0.7863, 0.0992, -0.0039, -0.0481, 1.052],
  deutan: [0.3673, 0.8607, -0.228, 0.2801, 0.6725, 0.0474, -0.0118, 0.0429, 0.9689],
  tritan: [1.2555, -0.0767, -0.1788, -0.0784, 0.9308, 0.1476, 0.0047, 0.6914, 0.3039],
};
/** OKLab of a colour as an eye sees it. */
export const seen = (hex: string, eye: number[]): Rgb => {
  const colour = linear(hex);
  const row = (at: number) =>
    Math.min(
      1,
      Math.max(
        0,
        colour.reduce((sum, value, i) => sum + value * (eye[at + i] ?? 0), 0),
      ),
    );
  return oklab([row(0), row(3), row(6)]);
};

/** How far two colours are apart for an eye: distance in OKLab. */
export const apart = (one: string, other: string, eye: string): number => {
  const a = seen(one, EYES[eye] ?? []);
  const b = seen(other, EYES[eye] ?? []);
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};
