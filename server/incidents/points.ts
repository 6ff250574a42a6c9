import type { Scope } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { Cursors } from '../database/cursors.ts';
import { eventHead } from '../database/event-log.ts';
import type { ListPlace } from '../database/list-place.ts';
import { incidentPointsJson } from './queries.ts';

const MOST = 50_000;
/** Written by the database in a few milliseconds each, so that nobody waits long behind one. */
const PAGE = 2_500;

/**
 * Every incident of a time range as the pieces of one JSON text `{points, cursor, truncated}`, newest first, 50,000 at
 * most, read from `db` as far as `scope` reaches. The cursor is that of the event log (`log`) before the first page was
 * read: whatever changed while the pages were read comes again as an event, and its version tells whether it is already
 * known. It holds for the live stream of the same scope: whoever may read incidents may read that.
 */
export async function pointsSnapshot(
  { db, log, scope }: { db: Db; log: Db; scope: Scope },
  range: { from: Date | undefined; to: Date | undefined },
): Promise<AsyncIterable<string>> {
  const head = await eventHead(log);
  const cursor = new Cursors(head).write(head.seq, scope.key);
  let page = await incidentPointsJson(db, scope, range, PAGE, undefined);
  async function* pieces(): AsyncGenerator<string> {
    yield `{"points":[${page.json}`;
    let count = page.count;
    while (page.count === PAGE && count < MOST) {
      const after: ListPlace | undefined = page.last;
      page = await incidentPointsJson(db, scope, range, PAGE, after);
      if (page.count > 0) yield `,${page.json}`;
      count += page.count;
    }
    const truncated = page.count === PAGE && (await incidentPointsJson(db, scope, range, 1, page.last)).count > 0;
    yield `],"cursor":"${cursor}","truncated":${truncated}}`;
  }
  return pieces();
}
