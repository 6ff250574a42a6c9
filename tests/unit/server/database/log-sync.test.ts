import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogSync } from '../../../../server/database/embedded/log-sync.ts';

const folder = mkdtempSync(join(tmpdir(), 'ronda-log-'));
function segment(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, name);
  return path;
}
const fail = (error: Error): never => {
  throw error;
};

test('R2: answers wait for a sync that begins after their commit, together, and in order', async () => {
  const log = new LogSync(fail);
  const path = segment('000000010000000000000001');
  expect(log.flushed()).toBeUndefined();

  const order: string[] = [];
  const answer = (name: string) => log.flushed()?.then(() => order.push(name));
  log.note(path);
  const first = answer('first');
  // The sync of the first has begun: these two need the next, and share it.
  log.note(path);
  const second = answer('second');
  log.note(path);
  const third = answer('third');
  // Nothing of its own, but it may have read what the others wrote.
  const reader = answer('reader');
  expect(log.isPending).toBe(true);
  await first;
  expect(order).toEqual(['first']);
  await Promise.all([second, third, reader]);
  expect(order).toEqual(['first', 'second', 'third', 'reader']);
  expect(log.isPending).toBe(false);
  expect(log.flushed()).toBeUndefined();
});

test('R2: whoever writes elsewhere settles the log first, and answers need not wait again', async () => {
  const log = new LogSync(fail);
  const paths = ['000000010000000000000002', '000000010000000000000003'].map(segment);
  for (const path of paths) log.note(path);
  const waiting = log.flushed();
  log.note(paths[1] ?? '');
  log.settle();
  expect(log.isPending).toBe(false);
  await log.flushed();
  await waiting;
  expect(log.flushed()).toBeUndefined();
});
