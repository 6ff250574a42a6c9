import type { ColumnType, Generated } from 'kysely';
import type { PlanContent, PlanEdit, PlanLevel, PlanState } from '../../../shared/schemas/plan.ts';
import type { Timestamp } from './columns.ts';

export interface PlanTable {
  id: string;
  title: string;
  level: PlanLevel;
  /** Codes of the areas whose RW or desa are painted, none within another. */
  areas: string[];
  state: Generated<PlanState>;
  /** Number of edits done. */
  revision: Generated<number>;
  /** Number of the newest saved version; 0: none. */
  version: Generated<number>;
  content: ColumnType<PlanContent, string, string>;
  copied_from: string | null;
  request_hash: string;
  created_by: string;
  created_at: Timestamp;
  updated_by: string;
  updated_at: Timestamp;
  published_by: string | null;
  published_at: Timestamp | null;
}

export interface PlanEditTable {
  plan_id: string;
  revision: number;
  edit_id: string;
  actor: string;
  at: Timestamp;
  edit: ColumnType<PlanEdit, string, string>;
}

export interface PlanVersionTable {
  plan_id: string;
  version: number;
  revision: number;
  content: ColumnType<PlanContent, string, string>;
  actor: string;
  at: Timestamp;
  reason: string;
}

/** Plans of patrol zones. */
export interface PlanTables {
  plan: PlanTable;
  plan_edit: PlanEditTable;
  plan_version: PlanVersionTable;
}
