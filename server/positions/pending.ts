import type { Fix, QuarantineReason } from '../../shared/schemas/position.ts';
import type { SpeedUnit } from '../../shared/schemas/unit.ts';

/** A registered device, as the doors know it. */
export interface KnownDevice {
  deviceId: number;
  unitId: number;
  /** Index into UNIT_STATUSES. */
  status: number;
  /** From when to when it is on duty, Unix milliseconds; infinite where that is open. */
  dutySince: number;
  dutyUntil: number;
  speedUnit: SpeedUnit;
}

/** A usable fix on its way into the database. */
export interface PendingFix {
  device: KnownDevice;
  fix: Fix;
  /** Time of the fix, or of its arrival when it has none of its own; milliseconds. */
  time: number;
  receivedAt: number;
  /** Newest of its unit in its flush, and newer than what is stored: set by the writer. */
  newest: boolean;
  /** What became of it, once the writer has answered. */
  outcome: 'pending' | 'stored' | 'duplicate' | 'rejected';
}

/** A fix that parses but is unusable. */
export interface QuarantinedFix {
  device: KnownDevice;
  fix: Fix;
  receivedAt: number;
  reason: QuarantineReason;
}
