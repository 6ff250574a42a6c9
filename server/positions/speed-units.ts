import type { SpeedUnit } from '../../shared/schemas/unit.ts';

const METRES_PER_SECOND: Record<SpeedUnit, number> = {
  knots: 1852 / 3600,
  kmh: 1000 / 3600,
  mps: 1,
  mph: 1609.344 / 3600,
};

/** A speed in metres a second. */
export function toMetresPerSecond(speed: number, unit: SpeedUnit): number {
  return speed * METRES_PER_SECOND[unit];
}
