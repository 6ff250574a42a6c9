import type { Random } from '../random.ts';
import { DAY_MS, dayStart } from './calendar.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import type { Site, Sites } from './sites.ts';

/** Extra patrols walk the treated wards from this many days before today on: half of the history. */
export const PATROL_DAYS = 91;

/** Kinds that eyes on the street prevent, and the share of them that then does not happen. */
const PREVENTED = {
  kinds: ['curanmor', 'curat', 'curas', 'pencurian', 'tawuran', 'keributan', 'vandalisme'],
  share: 0.42,
};
/** Of what is prevented, this share happens within so many metres instead. */
const MOVED = { share: 0.12, metres: 900 };
/** What the patrols find by themselves: without them nobody would know of it. */
const FOUND = { kinds: ['keributan', 'temuan'], perDay: 1.1 };
const HOUR = 3_600_000;

/** What the extra patrols change. Everything random in it comes from the stream it was given. */
interface Patrols {
  /** Whether what was to happen in a ward at a time (Unix milliseconds) does not. */
  prevents(subcategory: string, ward: string, at: number): boolean;
  /** Where something prevented happens instead, near and outside the treated wards; undefined where it does not at all. */
  moved(from: Site): Site | undefined;
  /** What the patrols find: after dark, in the treated wards, up to a day before now. */
  finds(): { kind: Kind; at: number; site: Site }[];
}

/** The extra patrols in the treated wards of `sites`, up to `now` (Unix milliseconds). */
export function extraPatrols(sites: Sites, now: number, random: Random): Patrols {
  const today = dayStart(now);
  const from = today - PATROL_DAYS * DAY_MS;
  const kinds = KINDS.filter(({ subcategory }) => FOUND.kinds.includes(subcategory));
  const treatedSite = (): Site => {
    for (;;) {
      const site = sites.pick('main_street');
      if (sites.treated.has(site.ward)) return site;
    }
  };
  return {
    prevents: (subcategory, ward, at) =>
      at >= from && sites.treated.has(ward) && PREVENTED.kinds.includes(subcategory) && random.next() < PREVENTED.share,
    moved(site) {
      if (random.next() >= MOVED.share) return undefined;
      for (let attempt = 0; attempt < 8; attempt++) {
        const near = sites.near(site, MOVED.metres);
        if (!sites.treated.has(near.ward)) return near;
      }
      return undefined;
    },
    finds() {
      const found: ReturnType<Patrols['finds']> = [];
      for (let day = from; day < today; day += DAY_MS) {
        // Whole numbers with this mean: a patrol's round finds something or not.
        const count = Math.floor(FOUND.perDay + random.next());
        for (let n = 0; n < count; n++) {
          const kind = { ...random.pick(kinds), sources: [['patrol', 1]] as const };
          found.push({ kind, at: Math.round(day + random.between(19, 24) * HOUR), site: treatedSite() });
        }
      }
      return found;
    },
  };
}
