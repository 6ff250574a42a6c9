import type { FastifyRequest } from 'fastify';
import { type Scope, wholeAreas } from '../access/scope.ts';
import type { RowScope } from '../database/scoped.ts';

/** How far somebody reads plans, and how far he works on them: drafts are seen there alone. */
export interface Sight {
  read: RowScope;
  /** Absent for who works on none. */
  write: RowScope | undefined;
}

/** Of who reads, by the route's permission to read plans. */
export function readerSight(request: FastifyRequest): Sight {
  const write = request.within('plan.write')?.scope;
  return { read: wholeAreas(request.scope), write: write && wholeAreas(write) };
}

/** Of who changes something, by the route's permission to: nothing is changed that lies beyond it. */
export function writerSight({ scope }: { scope: Scope }): Sight {
  const whole = wholeAreas(scope);
  return { read: whole, write: whole };
}
