import { addDays, type DaySpan, daysBetween, daysShared } from './days.ts';

/** A day of the Hijri calendar; months from 1 (Muharam), 9 is Ramadan, 10 Syawal. */
export interface HijriDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Where the first days of a month come from: `isbat`, announced by the ministry of religion after its sidang isbat;
 * `umm-al-qura`, the calculated calendar of Saudi Arabia; `tabular`, the arithmetic one with 11 leap years in 30.
 * Both calculated ones may be a day off against the isbat, in either direction.
 */
export type HijriBasis = 'isbat' | 'umm-al-qura' | 'tabular';

/** Ramadan of one Hijri year, and the week of Lebaran (Idulfitri) that follows it. */
export interface FastingMonth {
  readonly year: number;
  readonly ramadan: DaySpan;
  /** 1 to 7 Syawal. */
  readonly lebaran: DaySpan;
  readonly basis: HijriBasis;
  /** How many days its first days may be off. */
  readonly error: 0 | 1;
  /** Where the announcement was read; none when calculated. */
  readonly sources: readonly string[];
}

/** What the sidang isbat announced: the first days of Ramadan and of Syawal, by Hijri year, and where that was read. */
const ISBAT: Readonly<Record<number, { ramadan: string; syawal: string; sources: readonly string[] }>> = {
  1440: {
    ramadan: '2019-05-06',
    syawal: '2019-06-05',
    sources: [
      'https://www.tagar.id/pemerintah-umumkan-1-ramadan-1440-h-senin-6-mei-2019',
      'https://jpnn.com/news/menag-1-syahwal-1440-h-jatuhb-pada-hari-rabu-5-juni-2019',
    ],
  },
  1443: {
    ramadan: '2022-04-03',
    syawal: '2022-05-02',
    sources: [
      'https://sonora.id/read/423215653/pemerintah-tetapkan-awal-puasa-1-ramadhan-1443-h-jatuh-pada-minggu-3-april-2022',
      'https://www.radarbogor.id/2022/05/01/resmi-1-syawal-1443-h-jatuh-pada-hari-senin-2-mei-2022/',
    ],
  },
  1444: {
    ramadan: '2023-03-23',
    syawal: '2023-04-22',
    sources: [
      'https://momsmoney.kontan.co.id/news/pemerintah-tetapkan-awal-bulan-puasa-2023-1-ramadan-1444-h-jatuh-pada-kamis-23-maret',
      'https://sonora.id/read/423765923/hasil-sidang-isbat-lebaran-1-syawal-1444-h-hari-sabtu-22-april-2023',
    ],
  },
  1445: {
    ramadan: '2024-03-12',
    syawal: '2024-04-10',
    sources: [
      'https://parade.id/ramadan-1445-h-tanggal-12-maret-2024-hasil-sidang-isbat/amp',
      'https://video.okezone.com/play/2024/04/09/1/179437/breaking-news-pemerintah-tetapkan-lebaran-idul-fitri-1445-h-jatuh-pada-rabu-10-april-2024',
    ],
  },
  1446: {
    ramadan: '2025-03-01',
    syawal: '2025-03-31',
    sources: [
      'https://radarselatan.fajar.co.id/2025/02/28/breaking-news-kemenag-tetapkan-awal-ramadan-1446-h-jatuh-pada-1-maret-2025',
      'https://jogja.antaranews.com/berita/738857/lebaran-serentak-pemerintah-umumkan-31-maret-idul-fitri-2025',
    ],
  },
  1447: {
    ramadan: '2026-02-19',
    syawal: '2026-03-21',
    sources: [
      'https://digital.okezone.com/view/2026/02/17/1/104039/pemerintah-tetapkan-1-ramadan-1447-h-jatuh-pada-19-februari-2026',
      'https://redaksi17.com/pemerintah-tetapkan-hari-raya-idul-fitri-2026',
    ],
  },
};

const RAMADAN = 9;
const SYAWAL = 10;

const ummAlQura = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});
/** Node and the browsers bring this calendar with ICU; where one is built without it, the tabular calendar stands in. */
const CALCULATED: HijriBasis = ummAlQura.resolvedOptions().calendar === 'islamic-umalqura' ? 'umm-al-qura' : 'tabular';

/**
 * The Hijri date of a day, ISO. In Indonesia the day begins at the sunset before; this is the date of its daylight. Ramadan and
 * Syawal follow the isbat where it is known, everything else is calculated. Throws RangeError when `day` is no date.
 */
export function hijriDay(day: string): HijriDay {
  const calculated = calculatedDay(day);
  if (calculated.month < RAMADAN - 1 || calculated.month > SYAWAL + 1) return calculated;
  const { year, ramadan, lebaran } = fastingMonth(calculated.year);
  if (day >= lebaran.startsOn) {
    const since = daysBetween(lebaran.startsOn, day);
    // A month has 29 days at least, also where the calculation that goes on after it is a day ahead.
    return since < 29 ? { year, month: SYAWAL, day: since + 1 } : calculated;
  }
  if (day >= ramadan.startsOn) return { year, month: RAMADAN, day: daysBetween(ramadan.startsOn, day) + 1 };
  if (calculated.month < RAMADAN) return calculated;
  // Calculated as Ramadan already, yet announced for the next day: Syakban was made full.
  return { year, month: RAMADAN - 1, day: calculatedDay(addDays(day, -1)).day + 1 };
}

/** Ramadan and Lebaran of a Hijri year: as the isbat announced them, else calculated, which may be a day off. */
export function fastingMonth(year: number): FastingMonth {
  const announced = ISBAT[year];
  const begins = announced?.ramadan ?? firstOf(year, RAMADAN);
  const lebaran = announced?.syawal ?? firstOf(year, SYAWAL);
  return {
    year,
    ramadan: { startsOn: begins, endsOn: addDays(lebaran, -1) },
    lebaran: { startsOn: lebaran, endsOn: addDays(lebaran, 6) },
    basis: announced ? 'isbat' : CALCULATED,
    error: announced ? 0 : 1,
    sources: announced?.sources ?? [],
  };
}

/** The Ramadans, with their Lebaran, that share a day with the span, or might with the day they may be off; oldest first. */
export function fastingMonthsWithin(span: DaySpan): FastingMonth[] {
  const first = calculatedDay(addDays(span.startsOn, -1)).year - 1;
  const last = calculatedDay(addDays(span.endsOn, 1)).year;
  return Array.from({ length: last - first + 1 }, (_, i) => fastingMonth(first + i)).filter(
    ({ ramadan, lebaran, error }) =>
      daysShared(span, { startsOn: addDays(ramadan.startsOn, -error), endsOn: addDays(lebaran.endsOn, error) }) > 0,
  );
}

/**
 * The tabular calendar's date: months of 30 and 29 days by turns, a leap day in 11 years of 30 (those of the rule 2, 5, 7, 10,
 * 13, 16, 18, 21, 24, 26, 29), epoch of Friday 16 July 622 (Reingold & Dershowitz, *Calendrical Calculations*, 7.1).
 */
export function tabularDay(day: string): HijriDay {
  const sinceEpoch = daysBetween(TABULAR_EPOCH, day);
  const year = Math.floor((30 * sinceEpoch + 10_646) / 10_631);
  const month = Math.min(12, Math.floor((11 * (sinceEpoch - tabularStart(year, 1)) + 330) / 325));
  return { year, month, day: sinceEpoch - tabularStart(year, month) + 1 };
}

/** 16 July 622 of the Julian calendar, in the Gregorian one. */
const TABULAR_EPOCH = '0622-07-19';

/** Days from the epoch to the first of a month of the tabular calendar. */
function tabularStart(year: number, month: number): number {
  return 29 * (month - 1) + Math.floor(month / 2) + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30);
}

/** The calculated date of a day: Umm al-Qura, or tabular where that is missing. */
function calculatedDay(day: string): HijriDay {
  if (CALCULATED === 'tabular') return tabularDay(day);
  const parts = ummAlQura.formatToParts(new Date(`${addDays(day, 0)}T12:00:00Z`));
  const part = (type: 'year' | 'month' | 'day') => Number(parts.find((part) => part.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** The calculated first day of a month, sought around the tabular calendar's. */
function firstOf(year: number, month: number): string {
  const near = addDays(TABULAR_EPOCH, tabularStart(year, month));
  for (let off = -4; off <= 4; off++) {
    const day = addDays(near, off);
    const date = calculatedDay(day);
    if (date.year === year && date.month === month && date.day === 1) return day;
  }
  return near;
}
