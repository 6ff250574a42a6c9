import type { RepeatSpec } from '../../../shared/schemas/analysis.ts';

/** What is looked for at first: bands as the Near Repeat Calculator's users mostly take them, circles as SaTScan's defaults. */
export const FIRST_REPEAT: RepeatSpec = {
  metres: [200, 400, 600, 800],
  days: [7, 14, 21, 28],
  draws: 999,
  exact: false,
  clusters: 'poisson',
  risk: 'households',
  share: 0.5,
  radiusM: null,
};
