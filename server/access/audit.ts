import { createHash } from 'node:crypto';
import { canonical } from '../database/storable.ts';

/** What is written into the log: who did what to whom, and what else is worth knowing. */
export interface AuditRecord {
  at: Date;
  /** A principal's name, one of `actors.ts` that is no account, `–` for somebody unknown. */
  actor: string;
  /** Dotted, the thing first: `session.created`. */
  action: string;
  /** `account:7`, `grant:3`; empty when it is about nothing in particular. */
  subject?: string;
  /** Never a password, a token or anybody's personal data. */
  detail?: Record<string, unknown>;
}

/** An entry as its hash covers it. */
export interface ChainedRecord {
  seq: number;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: unknown;
  /** Hash of the entry before; empty for the first. */
  previous: string;
}

/** The hash of an entry (hex SHA-256 of its canonical JSON): one for each content, and another for any other content. */
export function hashOf({ seq, at, actor, action, subject, detail, previous }: ChainedRecord): string {
  const text = canonical({ seq, at, actor, action, subject, detail, previous });
  return createHash('sha256').update(text).digest('hex');
}

/** What is wrong with the log, and where. */
export interface AuditFault {
  seq: number;
  problem: string;
}

/** Follows the chain entry by entry. Feed it in order of `seq`; then ask for the {@link ChainWalk.head}. */
export class ChainWalk {
  head = { seq: 0, hash: '' };
  readonly faults: AuditFault[] = [];

  step(entry: ChainedRecord & { hash: string }): void {
    const expected = this.head.seq + 1;
    if (entry.seq !== expected) {
      const missing =
        entry.seq - 1 === expected ? `entry ${expected} is` : `entries ${expected} to ${entry.seq - 1} are`;
      this.faults.push({ seq: expected, problem: `${missing} missing` });
    } else if (entry.previous !== this.head.hash) {
      this.faults.push({ seq: entry.seq, problem: 'does not follow the entry before it' });
    }
    if (hashOf(entry) !== entry.hash) this.faults.push({ seq: entry.seq, problem: 'was changed after it was written' });
    this.head = { seq: entry.seq, hash: entry.hash };
  }

  /** Compares the end with where it was noted to be. */
  endsAt(noted: { seq: number; hash: string }, where: string): void {
    const { seq, hash } = this.head;
    if (noted.seq === seq && noted.hash === hash) return;
    const problem =
      noted.seq > seq
        ? `the log ends here, but ${where} says that it reached ${noted.seq}`
        : noted.seq < seq
          ? `the log goes on, but ${where} says that it ended at ${noted.seq}`
          : `is another entry than ${where} says`;
    this.faults.push({ seq, problem });
  }
}
