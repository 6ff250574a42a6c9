import type { Generated } from 'kysely';
import type { Role } from '../../../shared/access/roles.ts';
import type { GeneratedTimestamp, Geometry, Timestamp } from './columns.ts';

export interface AccountTable {
  id: Generated<number>;
  username: string;
  display_name: string;
  password_hash: string | null;
  totp_secret: string | null;
  /** The newest step (30 s since 1970) of which a code was used. */
  totp_step: Generated<string>;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  created_at: GeneratedTimestamp;
  /** The account whose owner made it; `null`: made at the server or by a token. */
  created_by: Generated<number | null>;
  disabled_at: Timestamp | null;
}

export interface PasskeyTable {
  credential_id: string;
  account_id: number;
  public_key: Buffer;
  counter: Generated<string>;
  transports: Generated<string[]>;
  label: string;
  created_at: GeneratedTimestamp;
  last_used_at: Timestamp | null;
}

export interface SessionTable {
  /** SHA-256 (hex) of the id in the cookie. */
  id_hash: string;
  account_id: number;
  kind: 'browser' | 'wall';
  created_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  stepped_up_at: Timestamp | null;
  address: string | null;
  user_agent: string | null;
  revoked_at: Timestamp | null;
}

export interface AccessLinkTable {
  token_hash: string;
  kind: 'setup' | 'invitation' | 'recovery';
  account_id: number | null;
  created_by: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

export interface SignInFailureTable {
  key: string;
  failures: number;
  since: Timestamp;
  blocked_until: Timestamp | null;
}

export interface JurisdictionTable {
  id: Generated<number>;
  name: string;
  kind: 'nasional' | 'polda' | 'polres' | 'polsek' | 'khusus';
  parent_id: number | null;
  everything: Generated<boolean>;
}

export interface JurisdictionPartTable {
  id: Generated<number>;
  jurisdiction_id: number;
  /** Either an area or a shape of its own. */
  area_code: string | null;
  geom: Geometry | null;
  /** ISO dates, both included. */
  valid_from: string | null;
  valid_to: string | null;
}

export interface JurisdictionShapeTable {
  jurisdiction_id: number;
  origin: 'area' | 'polygon';
  geom: Geometry;
}

export interface JurisdictionWithinTable {
  jurisdiction_id: number;
  /** Code of an area that lies wholly in what was drawn of it. */
  area_code: string;
}

export interface AccessGrantTable {
  id: Generated<number>;
  account_id: number;
  role: Role;
  jurisdiction_id: number;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
  reason: Generated<string>;
  break_glass: Generated<boolean>;
  granted_by: string;
  granted_at: Timestamp;
  revoked_at: Timestamp | null;
  revoked_by: string | null;
}

export interface AuditTable {
  seq: string;
  at: Timestamp;
  actor: string;
  action: string;
  subject: Generated<string>;
  detail: unknown;
  previous: string;
  hash: string;
}

export interface AuditHeadTable {
  one: Generated<boolean>;
  seq: string;
  hash: string;
}

/** Who may do what and where, and what was done. */
export interface AccessTables {
  account: AccountTable;
  passkey: PasskeyTable;
  session: SessionTable;
  access_link: AccessLinkTable;
  sign_in_failure: SignInFailureTable;
  jurisdiction: JurisdictionTable;
  jurisdiction_part: JurisdictionPartTable;
  jurisdiction_shape: JurisdictionShapeTable;
  jurisdiction_within: JurisdictionWithinTable;
  access_grant: AccessGrantTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
}
