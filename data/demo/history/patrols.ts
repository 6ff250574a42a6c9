import type { Random } from '../random.ts';
import { DAY_MS, dayStart, daysSince } from './calendar.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import type { Site, Sites } from './sites.ts';

/** Extra patrols walk the treated wards from the first day of the campaign on, so many days before today. */
export const PATROL_DAYS = daysSince('campaign');

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

/** What the extra patrols change. */
interface Patrols {
  /** Whether what was to happen in a ward at a time (Unix milliseconds) does not. */
  prevents(subcategory: string, ward: string, at: number, random: Random): boolean;
  /** Where something prevented happens instead, near and outside the treated wards; undefined where it does not at all. */
  moved(from: Site, random: Random): Site | undefined;
  /** What the patrols find: after dark, in the treated wards, up to a day before now; each with a stream of its own. */
  finds(): { kind: Kind; at: number; site: Site; its: Random }[];
}

/** The extra patrols in the treated wards of `sites`, up to `now` (Unix milliseconds). */
export function extraPatrols(sites: Sites, now: number, random: Random): Patrols {
  const today = dayStart(now);
  const from = today - PATROL_DAYS * DAY_MS;
  const kinds = KINDS.filter(({ subcategory }) => FOUND.kinds.includes(subcategory));
  const treatedSite = (its: Random): Site => {
    for (;;) {
      const site = sites.pick('main_street', its);
      if (sites.treated.has(site.ward)) return site;
    }
  };
  return {
    prevents: (subcategory, ward, at, its) =>
      at >= from && sites.treated.has(ward) && PREVENTED.kinds.includes(subcategory) && its.next() < PREVENTED.share,
    moved(site, its) {
      if (its.next() >= MOVED.share) return undefined;
      for (let attempt = 0; attempt < 8; attempt++) {
        const near = sites.near(site, MOVED.metres, its);
        if (!sites.treated.has(near.ward)) return near;
      }
      return undefined;
    },
    finds() {
      const found: ReturnType<Patrols['finds']> = [];
      for (let ago = PATROL_DAYS; ago > 0; ago--) {
        const day = random.fork(`day ${ago}`);
        // Whole numbers with this mean: a patrol's round finds something or not.
        const count = Math.floor(FOUND.perDay + day.next());
        for (let n = 0; n < count; n++) {
          const its = day.fork(`${n}`);
          const kind = { ...its.pick(kinds), sources: [['patrol', 1]] as const };
          const at = Math.round(today - ago * DAY_MS + its.between(19, 24) * HOUR);
          found.push({ kind, at, site: treatedSite(its), its });
        }
      }
      return found;
    },
  };
}
