/** One stage (tahapan) of an election. Dates are ISO days; the last one is included. */
export interface Stage {
  key: StageKey;
  name: string;
  nameEn: string;
  startsOn: string;
  endsOn: string;
}

export type StageKey = 'registration' | 'nomination' | 'campaign' | 'quiet' | 'vote' | 'recapitulation';

/** The fictional election: of the whole island. */
export const ELECTION = {
  id: 'pilkada-contoh',
  name: 'Pilkada Contoh',
  nameEn: 'Demonstration election',
  kind: 'pilkada',
} as const;

export const DAY_MS = 86_400_000;
/** The island lies in WITA. */
const ZONE_MS = 8 * 3_600_000;

/** Start of the island's day that a moment falls in. Unix milliseconds. */
export function dayStart(time: number): number {
  return Math.floor((time + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
}

/** Hour of the day on the island, 0–24, with its fraction. */
export function localHour(time: number): number {
  return (time - dayStart(time)) / 3_600_000;
}

/** Day of the week on the island, 0 = Sunday. */
export function localWeekday(time: number): number {
  return new Date(time + ZONE_MS).getUTCDay();
}

const isoDay = (time: number) => new Date(time + ZONE_MS).toISOString().slice(0, 10);

/** Days before today on which each stage begins and ends, with the spacing of a real Pilkada. */
const SPANS: readonly [StageKey, string, string, number, number][] = [
  ['registration', 'Pendaftaran calon', 'Registration', 104, 102],
  ['nomination', 'Penetapan calon', 'Candidates fixed', 78, 77],
  ['campaign', 'Kampanye', 'Campaign', 75, 16],
  ['quiet', 'Masa tenang', 'Quiet period', 15, 13],
  ['vote', 'Pemungutan suara', 'Vote', 12, 12],
  ['recapitulation', 'Rekapitulasi', 'Recapitulation', 11, -7],
];

/** How many days before today a stage begins. */
export function daysSince(stage: StageKey): number {
  return SPANS.find(([key]) => key === stage)?.[3] ?? 0;
}

/** The stages of the fictional election, placed so that `now` falls into its recapitulation. */
export function electionStages(now: number): Stage[] {
  const today = dayStart(now);
  return SPANS.map(([key, name, nameEn, from, to]) => ({
    key,
    name,
    nameEn,
    startsOn: isoDay(today - from * DAY_MS),
    endsOn: isoDay(today - to * DAY_MS),
  }));
}

/** The stage a moment falls in, and how far it has got (0–1), or `undefined` between stages. */
export function stageAt(now: number, time: number): { key: StageKey; progress: number } | undefined {
  const ago = Math.round((dayStart(now) - dayStart(time)) / DAY_MS);
  const span = SPANS.find(([, , , from, to]) => ago <= from && ago >= to);
  if (!span) return undefined;
  const [key, , , from, to] = span;
  return { key, progress: from === to ? 0.5 : (from - ago) / (from - to) };
}
