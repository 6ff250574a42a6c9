import type { Browser, BrowserContext } from 'playwright-core';
import type { Account } from '../../shared/schemas/access.ts';
import type { Jurisdiction } from '../../shared/schemas/jurisdiction.ts';
import { ask } from './access.ts';
import { PASSWORD, tokenOf } from './visitor.ts';

/** Posts as an administrator. Throws for any answer but the one that is meant. */
export async function send<Answer>(url: string, body: object, status = 201): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== status) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** A browser in which somebody is signed in who has this role within an area (dotted code), and no other. */
export async function signedIn(
  browser: Browser,
  url: string,
  { username, role, area }: { username: string; role: string; area: string },
): Promise<BrowserContext> {
  const parts = [{ areaCode: area }];
  const place = await send<Jurisdiction>(`${url}/api/jurisdictions`, {
    name: `Wilayah ${username}`,
    kind: 'polres',
    parts,
  });
  const { account, invitation } = await send<{ account: Account; invitation: { link: string } }>(
    `${url}/api/accounts`,
    { username, displayName: `Nama ${username}` },
  );
  await send(`${url}/api/grants`, { accountId: account.id, role, jurisdictionId: place.id });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const data = { token: tokenOf(invitation.link), password: PASSWORD };
  const accepted = await context.request.post(`${url}/api/access/accept`, { data });
  if (!accepted.ok()) throw new Error(`accepting answered ${accepted.status()}`);
  return context;
}
