import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './account-routes.ts';
import { keepNote } from './audit-note.ts';
import { auditRoutes } from './audit-routes.ts';
import type { AccessContext } from './context.ts';
import { grantRoutes } from './grant-routes.ts';
import { jurisdictionRoutes } from './jurisdiction-routes.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { Passkeys } from './passkeys.ts';
import { checkPassword } from './passwords.ts';
import { accessRoutes } from './routes.ts';
import { purgeEnded } from './sessions.queries.ts';
import { stepUpRoutes } from './step-up-routes.ts';
import { Totp } from './totp.ts';

/** How often what has ended is removed. */
const PURGE_MS = 3_600_000;
/** When the start is over, and the processor is free for what is costly on purpose. */
const STARTED_MS = 5_000;

/** Registers everything about sign-in and the management of access. */
export async function registerAccess(http: FastifyInstance, context: AccessContext): Promise<void> {
  const totp = new Totp(context.now);
  await http.register(accessRoutes, { context, totp });
  await http.register(stepUpRoutes, { context, totp, passkeys: new Passkeys(context.now) });
  await http.register(oidcRoutes, { context });
  await http.register(accountRoutes, { context });
  await http.register(grantRoutes, { context });
  await http.register(jurisdictionRoutes, { context });
  await http.register(auditRoutes, { context });

  keepNote(http, context);

  // What is compared with where there is no password is ready before the first one asks.
  const readied = setTimeout(() => void checkPassword('', undefined).catch(() => {}), STARTED_MS);
  readied.unref();
  const purge = () => void purgeEnded(context.db, new Date(context.now())).catch(() => {});
  purge();
  const timer = setInterval(purge, PURGE_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearTimeout(readied);
    clearInterval(timer);
  });
}
