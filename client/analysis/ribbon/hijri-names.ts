import type { Language } from '../../i18n/i18n.ts';

/** The months of the Hijri calendar, the first Muharam, as each language writes them. */
export const HIJRI_MONTHS: Record<Language, readonly string[]> = {
  id: [
    'Muharam',
    'Safar',
    'Rabiulawal',
    'Rabiulakhir',
    'Jumadilawal',
    'Jumadilakhir',
    'Rajab',
    'Syakban',
    'Ramadan',
    'Syawal',
    'Zulkaidah',
    'Zulhijah',
  ],
  en: [
    'Muharram',
    'Safar',
    'Rabi I',
    'Rabi II',
    'Jumada I',
    'Jumada II',
    'Rajab',
    'Shaban',
    'Ramadan',
    'Shawwal',
    'Dhu al-Qadah',
    'Dhu al-Hijjah',
  ],
};

/** A month of the Hijri calendar, from 1, by its name. */
export function hijriMonthName(month: number, language: Language): string {
  return HIJRI_MONTHS[language][month - 1] ?? '';
}
