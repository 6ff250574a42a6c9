import type { Kind } from './kind.ts';
import { CRIME } from './kinds/crime.ts';
import { ELECTION } from './kinds/election.ts';
import { EVERYDAY } from './kinds/everyday.ts';

/** Every kind of incident of the demonstration. Random numbers are drawn by the names of their subcategories. */
export const KINDS: readonly Kind[] = [...CRIME, ...EVERYDAY, ...ELECTION];
