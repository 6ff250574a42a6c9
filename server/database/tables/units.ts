import type { Generated } from 'kysely';
import type { QuarantineReason } from '../../../shared/schemas/position.ts';
import type { Organisation, SpeedUnit, UnitStatus } from '../../../shared/schemas/unit.ts';
import type { Computed, GeneratedTimestamp, Geometry, Timestamp } from './columns.ts';

export interface UnitTable {
  id: Generated<number>;
  callsign: string;
  organisation: Organisation;
  status: Generated<UnitStatus>;
  home_area: string | null;
  /** When its duty ends by itself. */
  duty_until: Timestamp | null;
  /** Since when it is on duty; absent: always. */
  duty_since: Timestamp | null;
  /** Codes of its home area and of all that contain it. */
  scope_codes: Computed<string[]>;
  source: Generated<string>;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

export interface DeviceTable {
  id: Generated<number>;
  identifier: string;
  unit_id: number;
  speed_unit: Generated<SpeedUnit>;
  /** SHA-256 (hex) of the token that it sends as its id. */
  token_hash: string | null;
  label: Generated<string>;
  enrolled_at: Timestamp | null;
  revoked_at: Timestamp | null;
  /** Whose it is; absent: the unit's own. */
  account_id: number | null;
  /** When its owner took back his consent: what it sent before goes. */
  withdrawn_at: Timestamp | null;
  created_at: GeneratedTimestamp;
}

export interface EnrolmentTable {
  token_hash: string;
  device_id: number;
  created_by: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

export interface PositionTable {
  device_id: number;
  unit_id: number;
  fixed_at: Timestamp;
  own_time: boolean;
  received_at: Timestamp;
  geom: Geometry;
  alarm: Generated<string>;
  speed: number | null;
  heading: number | null;
  altitude: number | null;
  accuracy: number | null;
  battery: number | null;
  flags: Generated<number>;
  attributes: unknown;
}

export interface PositionDiscardTable {
  unit_id: number;
  count: string;
}

export interface PositionQuarantineTable {
  id: Generated<string>;
  device_id: number;
  received_at: GeneratedTimestamp;
  reason: QuarantineReason;
  fix: unknown;
  fix_hash: string;
}

export interface UnitPositionTable {
  unit_id: number;
  device_id: number;
  fixed_at: Timestamp;
  received_at: Timestamp;
  geom: Geometry;
  alarm: Generated<string>;
  speed: number | null;
  heading: number | null;
  accuracy: number | null;
  battery: number | null;
  flags: Generated<number>;
}

/** Units, their devices, and where they are and were. */
export interface UnitTables {
  unit: UnitTable;
  device: DeviceTable;
  enrolment: EnrolmentTable;
  position: PositionTable;
  position_discard: PositionDiscardTable;
  position_quarantine: PositionQuarantineTable;
  unit_position: UnitPositionTable;
}
