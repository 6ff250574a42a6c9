import type { Kind } from './kind.ts';
import { CRIME } from './kinds/crime.ts';
import { ELECTION } from './kinds/election.ts';
import { EVERYDAY } from './kinds/everyday.ts';

/** Every kind of incident of the demonstration. Their order is part of it: random numbers are drawn kind by kind. */
export const KINDS: readonly Kind[] = [...CRIME, ...EVERYDAY, ...ELECTION];
