import { type Static, Type } from 'typebox';
import { RoleSchema } from '../access/roles.ts';
import { body, DateTime, nullable, RowId } from './fields.ts';

const Token = Type.String({ minLength: 1, maxLength: 128 });
const Password = Type.String({ minLength: 1, maxLength: 256 });
const Code = Type.String({ minLength: 6, maxLength: 12 });
const DisplayName = Type.String({ minLength: 1, maxLength: 80 });

/** `wall`: a display in a room, which stays signed in without being touched. */
export const SESSION_KINDS = ['browser', 'wall'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** Shortest password taken. */
export const PASSWORD_LENGTH = 12;
/** Longest break-glass access, minutes. */
export const BREAK_GLASS_MINUTES = 240;

const JurisdictionName = Type.Object({ id: Type.Integer(), name: Type.String() });

/** A grant as its holder sees it. */
export const OwnGrant = Type.Object({
  id: Type.Integer(),
  role: RoleSchema,
  jurisdiction: JurisdictionName,
  validTo: nullable(DateTime),
  breakGlass: Type.Boolean(),
});
export type OwnGrant = Static<typeof OwnGrant>;

export const Passkey = Type.Object({
  id: Type.String(),
  label: Type.String(),
  createdAt: DateTime,
  lastUsedAt: nullable(DateTime),
});
export type Passkey = Static<typeof Passkey>;

/** Nobody is signed in. */
export const SignedOut = Type.Object({
  signedIn: Type.Literal(false),
  /** Whether no account can sign in yet: the setup link was printed where the server was started. */
  setup: Type.Boolean(),
  /** The organisation's own sign-in, by its name. */
  oidc: nullable(Type.Object({ name: Type.String() })),
});
export type SignedOut = Static<typeof SignedOut>;

export const SignedIn = Type.Object({
  signedIn: Type.Literal(true),
  /** `null` for a bearer token of the configuration. */
  account: nullable(
    Type.Object({
      id: Type.Integer(),
      username: Type.String(),
      displayName: Type.String(),
      hasPassword: Type.Boolean(),
      hasTotp: Type.Boolean(),
      passkeys: Type.Array(Passkey),
    }),
  ),
  grants: Type.Array(OwnGrant),
  permissions: Type.Array(Type.String()),
  session: nullable(
    Type.Object({
      kind: Type.Enum(SESSION_KINDS),
      expiresAt: DateTime,
      /** Until when sensitive actions need no further proof; `null`: they need one. */
      steppedUpUntil: nullable(DateTime),
    }),
  ),
});
export type SignedIn = Static<typeof SignedIn>;

/** Answer of `GET /api/access/me` and of everything that signs in or steps up. */
export const Me = Type.Union([SignedIn, SignedOut]);
export type Me = Static<typeof Me>;

export const SetupBody = body({ token: Token });
export const SignInBody = body({
  username: Type.String({ minLength: 1, maxLength: 64 }),
  password: Password,
  /** Six digits of the authenticator app, when the account has one. */
  totp: Type.Optional(Code),
  wall: Type.Optional(Type.Boolean()),
});
export type SignInBody = Static<typeof SignInBody>;
export const PasswordBody = body({
  /** The password until now; not needed while the account has none. */
  current: Type.Optional(Password),
  next: Password,
});
export const AcceptBody = body({
  token: Token,
  displayName: Type.Optional(DisplayName),
  password: Password,
});
export const StepUpBody = Type.Union([body({ password: Password }), body({ totp: Code })]);
export type StepUpBody = Static<typeof StepUpBody>;

/** A new secret for an authenticator app; it counts once a code made with it is confirmed. */
export const TotpSecret = Type.Object({ secret: Type.String(), uri: Type.String() });
export type TotpSecret = Static<typeof TotpSecret>;
export const TotpConfirmBody = body({ code: Code });

/** Options for `navigator.credentials`, as JSON of the WebAuthn standard. */
export const PasskeyOptions = Type.Object({}, { additionalProperties: true });
const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 16_384 });
const credential = <Response extends Parameters<typeof Type.Object>[0]>(response: Response) =>
  Type.Object({
    id: Base64Url,
    rawId: Base64Url,
    type: Type.Literal('public-key'),
    authenticatorAttachment: Type.Optional(nullable(Type.Enum(['platform', 'cross-platform']))),
    clientExtensionResults: Type.Object({}, { additionalProperties: true }),
    response: Type.Object(response),
  });
/** What `navigator.credentials.create` gave, as its `toJSON()`. */
export const NewPasskeyBody = body({
  label: Type.String({ minLength: 1, maxLength: 80 }),
  credential: credential({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 8 })),
  }),
});
export type NewPasskeyBody = Static<typeof NewPasskeyBody>;
/** What `navigator.credentials.get` gave, as its `toJSON()`. */
export const PasskeyProofBody = body({
  credential: credential({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Type.Optional(nullable(Base64Url)),
  }),
});
export type PasskeyProofBody = Static<typeof PasskeyProofBody>;

export const Session = Type.Object({
  /** Names the session in `DELETE`; it signs nobody in. */
  id: Type.String(),
  kind: Type.Enum(SESSION_KINDS),
  createdAt: DateTime,
  lastSeenAt: DateTime,
  expiresAt: DateTime,
  address: Type.String(),
  userAgent: Type.String(),
  current: Type.Boolean(),
});
export type Session = Static<typeof Session>;

export const Grant = Type.Object({
  ...OwnGrant.properties,
  accountId: Type.Integer(),
  /** Who holds it. */
  displayName: Type.String(),
  validFrom: DateTime,
  reason: Type.String(),
  grantedBy: Type.String(),
  grantedAt: DateTime,
  revokedAt: nullable(DateTime),
});
export type Grant = Static<typeof Grant>;

export const NewGrant = body({
  accountId: RowId,
  role: RoleSchema,
  jurisdictionId: RowId,
  validFrom: Type.Optional(DateTime),
  validTo: Type.Optional(DateTime),
  reason: Type.Optional(Type.String({ maxLength: 400 })),
});
export type NewGrant = Static<typeof NewGrant>;

export const NewBreakGlass = body({
  jurisdictionId: RowId,
  reason: Type.String({ minLength: 10, maxLength: 400 }),
  minutes: Type.Integer({ minimum: 1, maximum: BREAK_GLASS_MINUTES }),
});
export type NewBreakGlass = Static<typeof NewBreakGlass>;

export const ACCOUNT_STATES = ['invited', 'active', 'disabled'] as const;
export const Account = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  displayName: Type.String(),
  /** `invited`: it cannot sign in yet. */
  state: Type.Enum(ACCOUNT_STATES),
  createdAt: DateTime,
  /** Those that are in force or to come. */
  grants: Type.Array(Grant),
  lastSeenAt: nullable(DateTime),
});
export type Account = Static<typeof Account>;

export const NewAccount = body({
  username: Type.String({ minLength: 2, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]*$' }),
  displayName: DisplayName,
});
export type NewAccount = Static<typeof NewAccount>;
export const AccountPatch = body(
  { displayName: Type.Optional(DisplayName), disabled: Type.Optional(Type.Boolean()) },
  1,
);
export type AccountPatch = Static<typeof AccountPatch>;

/** A link that is shown once. */
export const AccessLink = Type.Object({ link: Type.String(), expiresAt: DateTime });
export type AccessLink = Static<typeof AccessLink>;
