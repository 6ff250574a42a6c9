import { RondaError } from '../../shared/errors.ts';
import type { NewPasskeyBody, PasskeyProofBody } from '../../shared/schemas/access.ts';
import type { PasskeyRow } from './accounts.queries.ts';

/** Read when the first passkey is used: it brings more than all the rest that has to do with sign-in. */
const webauthn = () => import('@simplewebauthn/server');

/** How long a challenge waits for its answer. */
const WAITS_MS = 5 * 60_000;
/** Challenges kept at once; the oldest goes first. */
const MOST = 1_000;

/** The site a passkey belongs to: its origin, and the host name as WebAuthn's id of the relying party. */
export interface Site {
  origin: string;
  host: string;
}

export function siteOf(base: string): Site {
  const { origin, hostname } = new URL(base);
  return { origin, host: hostname };
}

/** Registers and checks passkeys. A challenge is good for one answer of the session that asked for it. */
export class Passkeys {
  readonly #now: () => number;
  readonly #challenges = new Map<string, { challenge: string; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Options for `navigator.credentials.create`. */
  async beginRegistration(
    site: Site,
    session: string,
    account: { id: number; username: string; displayName: string },
    existing: PasskeyRow[],
  ) {
    const { generateRegistrationOptions } = await webauthn();
    const options = await generateRegistrationOptions({
      rpName: 'Ronda',
      rpID: site.host,
      userName: account.username,
      userDisplayName: account.displayName,
      userID: new TextEncoder().encode(`account:${account.id}`),
      attestationType: 'none',
      excludeCredentials: existing.map((passkey) => ({ id: passkey.credential_id })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    });
    this.#remember(`create ${session}`, options.challenge);
    return options;
  }

  /** What is stored of a passkey that answered the challenge. Throws `unprocessable`. */
  async finishRegistration(site: Site, session: string, { credential }: NewPasskeyBody) {
    const expectedChallenge = this.#take(`create ${session}`);
    const { verifyRegistrationResponse } = await webauthn();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: credential as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
    }).catch(doesNotFit);
    if (!verified) return doesNotFit(new Error('the signature is wrong'));
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      credential_id: id,
      public_key: Buffer.from(publicKey),
      counter,
      transports: credential.response.transports ?? [],
    };
  }

  /** Options for `navigator.credentials.get`. */
  async beginProof(site: Site, session: string, existing: PasskeyRow[]) {
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({
      rpID: site.host,
      userVerification: 'required',
      allowCredentials: existing.map((passkey) => ({ id: passkey.credential_id })),
    });
    this.#remember(`get ${session}`, options.challenge);
    return options;
  }

  /** The authenticator's new counter when the passkey answered the challenge. Throws `unprocessable`. */
  async finishProof(
    site: Site,
    session: string,
    { credential }: PasskeyProofBody,
    passkey: PasskeyRow,
  ): Promise<number> {
    const expectedChallenge = this.#take(`get ${session}`);
    const { verifyAuthenticationResponse } = await webauthn();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: Number(passkey.counter),
      },
    }).catch(doesNotFit);
    if (!verified) return doesNotFit(new Error('the signature is wrong'));
    return authenticationInfo.newCounter;
  }

  #remember(key: string, challenge: string): void {
    const [oldest] = this.#challenges.keys();
    if (this.#challenges.size >= MOST && oldest !== undefined) this.#challenges.delete(oldest);
    this.#challenges.set(key, { challenge, until: this.#now() + WAITS_MS });
  }

  #take(key: string): string {
    const waiting = this.#challenges.get(key);
    this.#challenges.delete(key);
    if (!waiting || waiting.until <= this.#now()) {
      throw new RondaError(
        'unprocessable',
        'body.credential answers no challenge that is still open; ask for options again.',
        {
          details: [{ field: 'body.credential', problem: 'answers no open challenge' }],
        },
      );
    }
    return waiting.challenge;
  }
}

function doesNotFit(error: Error): never {
  throw new RondaError('unprocessable', `body.credential was not accepted (${error.message}); try again.`, {
    details: [{ field: 'body.credential', problem: 'was not accepted' }],
    cause: error,
  });
}
