import type { IncidentCategory, IncidentSource, Severity, TimePrecision } from '../../../shared/schemas/incident.ts';
import type { StageKey } from './calendar.ts';

/** Where a kind of incident happens. */
export type Setting = 'homes' | 'main_street' | 'shore' | 'river' | 'hills' | 'market' | 'tps' | 'office';

/** A kind of incident: how often, when, where, and how it is written down. Never anything about a person. */
export interface Kind {
  category: IncidentCategory;
  subcategory: string;
  /** Expected number a day on the whole island, outside any election. */
  perDay: number;
  /** How that number changes in a stage of the election; absent = unchanged. */
  inStage?: Partial<Record<StageKey, number>>;
  /** Hours of the day at which it peaks, and how wide the peak is in hours. */
  peaks: readonly (readonly [hour: number, width: number])[];
  /** Factor on Friday and Saturday, and on Sunday. */
  weekend: readonly [number, number];
  setting: Setting;
  severities: readonly (readonly [Severity, number])[];
  sources: readonly (readonly [IncidentSource, number])[];
  precision: TimePrecision;
  title: string;
  descriptions: readonly string[];
  /** Share of incidents that are followed by another one nearby within days. */
  repeats?: number;
}

/** How likely a kind is at an hour of the day, relative to its mean: its peaks over a low floor. */
export function hourWeight({ peaks }: Kind, hour: number): number {
  return peaks.reduce((sum, [peak, width]) => {
    const away = Math.min(Math.abs(hour - peak), 24 - Math.abs(hour - peak));
    return sum + Math.exp(-(away ** 2) / (2 * width ** 2));
  }, 0.08);
}

/** Factor of the day of the week, 0 = Sunday. */
export function weekdayWeight({ weekend }: Kind, weekday: number): number {
  if (weekday === 0) return weekend[1];
  return weekday >= 5 ? weekend[0] : 1;
}
