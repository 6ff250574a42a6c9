import { RondaError } from '../../shared/errors.ts';
import type { AccessLink } from '../../shared/schemas/access.ts';
import type { Enrolled } from '../../shared/schemas/device.ts';
import { appendAudit } from '../access/audit.queries.ts';
import { newSecret, secretHash } from '../access/secrets.ts';
import { countAttempt, uncountAttempt } from '../access/throttle.queries.ts';
import type { Db, Trx } from '../database/connection.ts';
import { insertEnrolment, useEnrolment } from './queries.ts';
import { appSettings } from './settings.ts';

/** How long a link waits to be opened. */
const LINK_MS = 30 * 60_000;
/** Under what name wrong links are counted; no account has it. */
const LINKS = '#enrol';

/** Makes the one link that enrols a device. The token stands behind `#`, which browsers send to no server. */
export async function makeLink(
  trx: Trx,
  server: string,
  device: { id: number; unitId: number },
  createdBy: string,
  at: Date,
): Promise<AccessLink> {
  const token = newSecret(128);
  const expiresAt = new Date(at.getTime() + LINK_MS);
  await insertEnrolment(trx, { deviceId: device.id, tokenHash: secretHash(token), createdBy, at, expiresAt });
  await appendAudit(trx, {
    at,
    actor: createdBy,
    action: 'device.link-created',
    subject: `device:${device.id}`,
    detail: { unit: device.unitId },
  });
  return { link: `${server}/enrol#${token}`, expiresAt: expiresAt.toISOString() };
}

/**
 * Opens an enrolment link: the device gets a token of its own, told here and never again. A token that it had before is
 * worth nothing from now on. Throws `not_found` when the link is unknown, spent or over.
 */
export async function enrol(
  db: Db,
  { token: link, address, server, at }: { token: string; address: string; server: string; at: Date },
): Promise<Enrolled> {
  const attempt = await countAttempt(db, LINKS, address, at.getTime());
  const token = newSecret(160);
  const { label, unit } = await db.transaction().execute(async (trx) => {
    const device = await useEnrolment(trx, secretHash(link), secretHash(token), at);
    if (!device) {
      throw new RondaError(
        'not_found',
        'body.token is of no link that waits to be opened: links work once, within 30 minutes; ask for a new one.',
        { details: [{ field: 'body.token', problem: 'is unknown, spent or over' }] },
      );
    }
    await appendAudit(trx, {
      at,
      actor: `device:${device.deviceId}`,
      action: 'device.enrolled',
      subject: `device:${device.deviceId}`,
      detail: { unit: device.unit.id },
    });
    return device;
  });
  // Many phones of one post are enrolled from one address.
  await uncountAttempt(db, attempt);
  return { token, server, unit, label, ...appSettings(server, token) };
}
