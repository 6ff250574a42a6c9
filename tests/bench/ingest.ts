import type { Bench } from './harness.ts';

export const benches: Bench[] = [];
