import type { Messages } from '../../i18n/i18n.ts';
import type { id } from './words.id.ts';

export const en: Messages<typeof id> = {
  title: 'Would yesterday’s map have caught today?',
  lead: 'A map is made from days gone by and held against the weeks that followed, beside the simple map of “the same places as before”.',
  offline: 'The data could not be read.',
  offlineHint: 'Nothing has changed. Check the connection, then try again.',
  forecast: 'Map to test',
  forecast_count: 'Count',
  forecast_density: 'Density',
  forecast_window: 'Exact test (window)',
  from: 'Made from',
  from_period: 'Period',
  from_baseline: 'Baseline',
  weeks: 'Weeks that followed, at most',
  span: 'Map of {{training}}; tested with {{weeks}} weeks, {{test}}.',
  noBaseline: 'There is no baseline yet.',
  noBaselineHint: 'Choose a baseline on the stage ribbon, or make the map from the period.',
  nothingYet: 'No whole week has passed since.',
  nothingYetHint: 'Make the map from the baseline, or move the period to earlier days.',
  none: 'There were no incidents in the weeks that followed.',
  noneHint: 'Take more weeks, or make the filter wider.',
  sameMap: 'A map of counts is that simple map itself: there is no difference.',
  verdictBetter:
    'On at most 5% of the area, this map caught {{map}} of the {{events}} incidents that followed; the same places as before {{naive}}. So great a difference would be rare by chance alone (p {{p}}).',
  verdictWorse:
    'On at most 5% of the area, this map caught {{map}} of the {{events}} incidents that followed, fewer than the same places as before: {{naive}} (p {{p}}).',
  verdictSame:
    'On at most 5% of the area, this map caught {{map}} of the {{events}} incidents that followed; the same places as before {{naive}}. The difference may be chance.',
  verdictCount: 'On at most 5% of the area, this map caught {{map}} of the {{events}} incidents that followed.',
  verdictTooLarge: 'The places are too large for at most 5% of the area: choose a finer level, or a grid.',
  few: 'Only {{events}} incidents followed: the figures are rough.',
  watched: 'Area, at most',
  map: 'This map',
  naive: 'Same places',
  hits: 'Caught',
  pai: 'PAI {{pai}} · PEI {{pei}}',
  interval: '{{from}}–{{to}}',
  tooLarge: 'places too large',
  places: '{{n}} places, {{area}} of the area',
  weekly: 'Caught each week on at most 5% of the area',
  weekLabel: 'Week {{week}}: this map {{map}}, same places {{naive}}, of {{events}} incidents',
  noEvents: 'no incidents',
  foundAt:
    '{{share}} of the area: {{rate}} caught ({{from}}–{{to}}), PAI {{pai}}, PEI {{pei}}; the same places PAI {{naive}}.',
  foundAlone: '{{share}} of the area: {{rate}} caught ({{from}}–{{to}}), PAI {{pai}}, PEI {{pei}}.',
  method:
    'Caught (hit rate): the share of incidents in the places that were marked, with Wilson’s {{confidence}} interval. Each map takes as many of its places as fit, so the two may take areas of different size. PAI: that share over the share of the area; 1 is no better than chance. PEI: PAI over that of the best possible map. p: McNemar’s exact test of the incidents that one map alone caught. Places of the same value are put in the order that earns the map nothing.',
};
