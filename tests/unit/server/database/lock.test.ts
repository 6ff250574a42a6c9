import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { FolderLockedError, takeLock } from '../../../../server/database/embedded/lock.ts';

const lockFile = () => join(mkdtempSync(join(inject('scratch'), 'lock-')), 'lock');

test('R13: a second opener is refused and told who has the folder', async () => {
  const file = lockFile();
  const unlock = await takeLock(file, 0);
  await expect(takeLock(file, 0)).rejects.toThrow(FolderLockedError);
  await expect(takeLock(file, 0)).rejects.toThrow(`process ${process.pid}`);
  unlock();
  expect(existsSync(file)).toBe(false);
});

test('a lock whose owner is gone is taken over', async () => {
  const file = lockFile();
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  writeFileSync(file, `${child.pid} 12345`);
  const unlock = await takeLock(file, 0);
  unlock();
});

test.runIf(process.platform === 'linux')(
  'a living process that only has the number of the old owner does not keep the lock',
  async () => {
    const file = lockFile();
    writeFileSync(file, `${process.pid} 1`);
    const unlock = await takeLock(file, 0);
    unlock();
  },
);

test('a lock file that a crash left empty is taken over', async () => {
  const file = lockFile();
  writeFileSync(file, '');
  const unlock = await takeLock(file, 0);
  unlock();
});

test('one who waits gets the lock when it is given back', async () => {
  const file = lockFile();
  const unlock = await takeLock(file, 0);
  const second = takeLock(file, 10_000);
  unlock();
  (await second)();
});
