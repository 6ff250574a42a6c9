import * as client from 'openid-client';
import { RondaError } from '../../shared/errors.ts';
import type { Config } from '../config.ts';
import { newSecret } from './secrets.ts';

/** How long the provider may take with a visitor. */
const WAITS_MS = 10 * 60_000;
/** Sign-ins under way at once; the oldest goes first. */
const MOST = 1_000;
/** How long the provider may take to answer the server, seconds. */
const ANSWERS_S = 10;

/** Who the provider says somebody is. */
export interface Identity {
  issuer: string;
  subject: string;
  /** `preferred_username`, in small letters; absent when the provider does not tell. */
  username: string | undefined;
}

interface Pending {
  verifier: string;
  nonce: string;
  redirectUri: string;
  until: number;
}

/** Sign-in at an OpenID Connect provider: authorisation code with PKCE, state and nonce. */
export class OidcClient {
  readonly #settings: NonNullable<Config['oidc']>;
  readonly #now: () => number;
  readonly #pending = new Map<string, Pending>();
  #configuration: Promise<client.Configuration> | undefined;

  constructor(settings: NonNullable<Config['oidc']>, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Where to send the visitor, and the state that binds the answer to this browser. Throws `overloaded` when the provider is not there. */
  async begin(redirectUri: string): Promise<{ url: string; state: string }> {
    const configuration = await this.#discover();
    const state = newSecret(256);
    const nonce = newSecret(256);
    const verifier = client.randomPKCECodeVerifier();
    const [oldest] = this.#pending.keys();
    if (this.#pending.size >= MOST && oldest !== undefined) this.#pending.delete(oldest);
    this.#pending.set(state, { verifier, nonce, redirectUri, until: this.#now() + WAITS_MS });
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, state };
  }

  /**
   * Who came back from the provider. `state` is what the browser's cookie holds, `query` the query string of the
   * callback. Throws `unauthenticated` for whatever does not fit.
   */
  async finish(state: string | undefined, query: string): Promise<Identity> {
    const pending = state === undefined ? undefined : this.#pending.get(state);
    if (state !== undefined) this.#pending.delete(state);
    if (state === undefined || !pending || pending.until <= this.#now()) {
      throw refused('the sign-in was begun in another browser, or too long ago');
    }
    const configuration = await this.#discover();
    const callback = new URL(pending.redirectUri);
    callback.search = query;
    const tokens = await client
      .authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: pending.verifier,
        expectedState: state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      })
      .catch((error: Error) => {
        throw refused('the provider’s answer does not fit the question', error);
      });
    const claims = tokens.claims();
    if (!claims) throw refused('the provider sent no identity');
    // Strict providers tell the name only where one asks for it.
    const name =
      claims.preferred_username ??
      (await client
        .fetchUserInfo(configuration, tokens.access_token, claims.sub)
        .then((info) => info.preferred_username)
        .catch(() => undefined));
    return {
      issuer: claims.iss,
      subject: claims.sub,
      username: typeof name === 'string' && name !== '' ? name.toLowerCase() : undefined,
    };
  }

  /** Asks the provider where its addresses are, once it answers. */
  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const isPlain = issuer.startsWith('http:');
    this.#configuration ??= client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      { timeout: ANSWERS_S, execute: isPlain ? [client.allowInsecureRequests] : [] },
    );
    try {
      return await this.#configuration;
    } catch (error) {
      this.#configuration = undefined;
      throw new RondaError(
        'overloaded',
        `The sign-in of ${this.#settings.name} does not answer; try again, or use a password.`,
        {
          retryAfterSeconds: 5,
          cause: error,
        },
      );
    }
  }
}

function refused(why: string, cause?: Error): RondaError {
  return new RondaError('unauthenticated', `Not signed in: ${why}. Begin again.`, { cause });
}
