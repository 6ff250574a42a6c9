import type { Organisation } from '../../../shared/schemas/unit.ts';
import type { Random } from '../random.ts';
import type { LonLat, StreetNetwork } from './network.ts';

/** Hours of duty on the local clock; `to` may lie after midnight. */
export interface Shift {
  from: number;
  to: number;
}

/** Which of the server's doors a unit's phone talks to. */
export type Door = 'osmand' | 'traccar' | 'gateway';

/** A unit of the simulation as it is when it starts. */
export interface Member {
  callsign: string;
  organisation: Organisation;
  device: string;
  door: Door;
  /** Fastest, metres a second. */
  speed: number;
  /** How far from its base it patrols, metres. */
  radius: number;
  base: LonLat;
  shift: Shift | undefined;
  /** Its phone says that its place is made up. */
  mock: boolean;
  /** Its phone loses the network now and then, and sends what it kept afterwards. */
  patchy: boolean;
}

interface Corps {
  organisation: Organisation;
  word: string;
  share: number;
  speed: number;
  radius: number;
  shifts: readonly (Shift | undefined)[];
}

const MORNING = { from: 7, to: 15 };
const AFTERNOON = { from: 15, to: 23 };
const NIGHT = { from: 23, to: 7 };
const OFFICE = { from: 7, to: 16 };
const WATCH = { from: 21, to: 5 };
const ALL_DAY = undefined;

/** Who is out there: shares add up to the 60 of the demonstration. */
const CORPS: readonly Corps[] = [
  {
    organisation: 'polri',
    word: 'Patroli',
    share: 14,
    speed: 11,
    radius: 2600,
    shifts: [ALL_DAY, MORNING, AFTERNOON, NIGHT, ALL_DAY],
  },
  { organisation: 'polri', word: 'Polisi RW', share: 4, speed: 8, radius: 700, shifts: [OFFICE, AFTERNOON] },
  { organisation: 'senkom', word: 'Senkom', share: 10, speed: 9, radius: 1800, shifts: [ALL_DAY, AFTERNOON, NIGHT] },
  { organisation: 'ronda', word: 'Ronda', share: 10, speed: 1.3, radius: 260, shifts: [WATCH] },
  { organisation: 'babinsa', word: 'Babinsa', share: 4, speed: 8, radius: 1200, shifts: [OFFICE] },
  { organisation: 'linmas', word: 'Linmas', share: 5, speed: 1.4, radius: 500, shifts: [MORNING, AFTERNOON, WATCH] },
  { organisation: 'satpol_pp', word: 'Satpol PP', share: 4, speed: 9, radius: 1500, shifts: [MORNING, AFTERNOON] },
  { organisation: 'bpbd', word: 'BPBD', share: 2, speed: 10, radius: 1500, shifts: [ALL_DAY] },
  { organisation: 'damkar', word: 'Damkar', share: 2, speed: 11, radius: 900, shifts: [ALL_DAY] },
  { organisation: 'pmi', word: 'PMI', share: 2, speed: 11, radius: 1200, shifts: [ALL_DAY] },
  { organisation: 'basarnas', word: 'Basarnas', share: 1, speed: 10, radius: 900, shifts: [ALL_DAY] },
  { organisation: 'pokdarkamtibmas', word: 'Pokdar', share: 2, speed: 8, radius: 900, shifts: [AFTERNOON, WATCH] },
];

/** Phones that post their own fixes; the rest report through their organisation's gateway, in batches. */
const OWN_PHONES = { osmand: 24, traccar: 14 };

export interface RosterOptions {
  count: number;
  /** Follows each number in callsigns and devices, so that two simulations can share a server. */
  suffix: string;
  /** Without shifts everybody is on duty all day. */
  shifts: boolean;
}

/** Makes the units, spread over the streets; towns are dense in streets, so most are there. */
export function makeRoster(network: StreetNetwork, options: RosterOptions, random: Random): Member[] {
  const out: Member[] = [];
  const total = CORPS.reduce((sum, { share }) => sum + share, 0);
  let owed = 0;
  const digits = String(options.count).length;
  for (const corps of CORPS) {
    owed += (corps.share * options.count) / total;
    for (let number = 1; out.length < Math.round(owed); number++) {
      const name = `${String(number).padStart(digits, '0')}${options.suffix}`;
      out.push({
        callsign: `${corps.word} ${name}`,
        organisation: corps.organisation,
        device: `contoh-${corps.word.toLowerCase().replaceAll(' ', '-')}-${name}`,
        door: doorOf(out.length, options.count),
        speed: corps.speed * random.between(0.85, 1.1),
        radius: corps.radius,
        base: random.pick(network.nodes),
        shift: options.shifts ? corps.shifts[(number - 1) % corps.shifts.length] : undefined,
        mock: false,
        patchy: random.next() < 0.08,
      });
    }
  }
  const mock = out.find(({ organisation, door }) => organisation !== 'ronda' && door === 'traccar');
  if (mock) mock.mock = true;
  return out;
}

/** Spreads the phones with a door of their own evenly over the roster. */
function doorOf(index: number, count: number): Door {
  const own = OWN_PHONES.osmand + OWN_PHONES.traccar;
  const every = Math.max(1, count / own);
  const turn = Math.floor(index / every);
  if (Math.floor((index - 1) / every) === turn && index > 0) return 'gateway';
  return (turn * OWN_PHONES.traccar) % own < OWN_PHONES.traccar ? 'traccar' : 'osmand';
}

/** Whether a shift covers an hour of the local clock. */
export function isOnDuty(shift: Shift | undefined, hour: number): boolean {
  if (!shift) return true;
  return shift.from < shift.to ? hour >= shift.from && hour < shift.to : hour >= shift.from || hour < shift.to;
}
