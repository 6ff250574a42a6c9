import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface SimulateOptions {
  url: string;
  /** GeoJSON file of streets, plain or gzipped; absent = the demonstration's. */
  streets: string | undefined;
  units: number;
  speedup: number;
  seed: number;
  /** Whether units keep to their shifts; without, everybody is on duty all day. */
  shifts: boolean;
}

export const USAGE = `npm run simulate -- [--url http://127.0.0.1:8080] [--streets FILE] [--units 60] [--speedup 1] [--seed 1] [--shifts on]

  --url      the running server
  --streets  GeoJSON of street lines (plain or .gz) to drive on; without it, the demonstration's streets
  --units    how many units, 1 to 20000
  --speedup  how many times faster than life they move, 0.1 to 100
  --seed     another number gives other units and other ways
  --shifts   on: units come and go with their shifts, by the clock of the place; off: everybody is on duty

The environment's ADMIN_TOKEN is that of the running server.`;

/** An option that cannot be used; the message says which and why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Reads the command line. Throws {@link UsageError}. */
export function readOptions(args: string[]): SimulateOptions {
  let values: Partial<Record<'url' | 'streets' | 'units' | 'speedup' | 'seed' | 'shifts', string>>;
  try {
    const text = { type: 'string' } as const;
    const options = { url: text, streets: text, units: text, speedup: text, seed: text, shifts: text };
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const url = values.url ?? 'http://127.0.0.1:8080';
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(`--url ${url} is not an http(s) address`);
  const shifts = values.shifts ?? 'on';
  if (shifts !== 'on' && shifts !== 'off') throw new UsageError(`--shifts ${shifts} is neither on nor off`);
  const number = (name: 'units' | 'speedup' | 'seed', usual: number, least: number, most: number, whole: boolean) => {
    const given = values[name];
    const value = given === undefined ? usual : Number(given);
    if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new UsageError(`--${name} ${given} is not a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
    }
    return value;
  };
  return {
    url,
    streets: values.streets,
    units: number('units', 60, 1, 20_000, true),
    speedup: number('speedup', 1, 0.1, 100, false),
    seed: number('seed', 1, 0, 2 ** 31, true),
    shifts: shifts === 'on',
  };
}
