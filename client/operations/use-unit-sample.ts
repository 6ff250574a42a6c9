import { useEffect, useState } from 'react';
import type { UnitStore } from '../live/unit-store.ts';
import { useRonda } from '../session.ts';

const SAMPLE_MS = 1000;

/** The newest fix of one unit in the window, for the eyes of one panel. */
export interface UnitSample {
  fixMs: number;
  lon: number;
  lat: number;
  /** Metres a second; NaN when unknown. */
  speed: number;
  /** Degrees clockwise from north; NaN when unknown. */
  heading: number;
  flags: number;
}

/** Looks at one unit once a second; `undefined` while it is not in the window. */
export function useUnitSample(id: number): UnitSample | undefined {
  const { live } = useRonda();
  const [sample, setSample] = useState(() => sampleOf(live.units, id));
  useEffect(() => {
    setSample(sampleOf(live.units, id));
    const timer = setInterval(() => setSample(sampleOf(live.units, id)), SAMPLE_MS);
    return () => clearInterval(timer);
  }, [live, id]);
  return sample;
}

function sampleOf(units: UnitStore, id: number): UnitSample | undefined {
  const slot = units.slotOf(id);
  if (slot < 0) return undefined;
  const x = units.toX[slot] ?? 0;
  const y = units.toY[slot] ?? 0;
  return {
    fixMs: units.fixMs[slot] ?? 0,
    lon: x * 360 - 180,
    lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
    speed: units.speed[slot] ?? Number.NaN,
    heading: units.heading[slot] ?? Number.NaN,
    flags: units.flags[slot] ?? 0,
  };
}
