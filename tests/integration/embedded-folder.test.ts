import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { openImportDatabase } from '../../data/importers/database.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { socketFolderOf, startEngine } from '../../server/database/embedded/engine.ts';
import { requirePrivate } from '../../server/database/embedded/private-folder.ts';
import { dataFolder, emptyFolder } from '../support/data-folders.ts';

const OTHERS = 0o077;
/** What other accounts of the computer may do with a file, as bits. */
const openTo = (path: string) => lstatSync(path).mode & OTHERS;

describe('the folder of the embedded database', () => {
  const made: string[] = [];
  afterEach(() => {
    for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  /** A data folder so deep that its socket goes to the temporary one. */
  const deepFolder = () => {
    const folder = join(emptyFolder(), 'd'.repeat(100));
    mkdirSync(folder);
    made.push(socketFolderOf(folder));
    expect(socketFolderOf(folder).startsWith(folder)).toBe(false);
    return folder;
  };

  test('is closed to other accounts, also when an earlier version left it open, and so is what is new in it', async () => {
    const dataDir = dataFolder();
    const database = join(dataDir, 'database');
    chmodSync(database, 0o755);
    const before = process.umask(0o022);
    const engine = await startEngine(dataDir, () => {}).finally(() => process.umask(before));
    try {
      const client = new pg.Client({ host: engine.socketFolder, user: 'postgres', database: 'postgres' });
      await client.connect();
      const { rows } = await client
        .query<{ path: string }>("CREATE TABLE reported (text text); INSERT INTO reported VALUES ('x'); CHECKPOINT")
        .then(() => client.query("SELECT pg_relation_filepath('reported') AS path"));
      await client.end();
      expect(openTo(database)).toBe(0);
      expect(openTo(join(database, 'postgres', rows[0]?.path ?? ''))).toBe(0);
      expect(openTo(join(database, 'lock'))).toBe(0);
      expect(openTo(engine.socketFolder)).toBe(0);
      const sockets = readdirSync(engine.socketFolder);
      expect(sockets.map((name) => openTo(join(engine.socketFolder, name)))).toEqual([0]);
    } finally {
      await engine.close();
    }
  });

  test('has its socket nowhere that others come in or point to: neither the server nor a command trusts it', async () => {
    const open = deepFolder();
    mkdirSync(socketFolderOf(open));
    chmodSync(socketFolderOf(open), 0o777);
    const pointed = deepFolder();
    symlinkSync(emptyFolder(), socketFolderOf(pointed));
    for (const dataDir of [open, pointed]) {
      const refused = { name: 'ConfigError', message: expect.stringContaining(socketFolderOf(dataDir)) };
      await expect(openDatabase({ databaseUrl: undefined, dataDir })).rejects.toMatchObject(refused);
      await expect(openImportDatabase({ databaseUrl: undefined, dataDir }, () => {})).rejects.toMatchObject(refused);
    }
  });

  test('has its socket in no folder of another account', () => {
    const folder = emptyFolder();
    const like = emptyFolder();
    expect(() => requirePrivate(folder, like)).not.toThrow();
    if (process.getuid?.() === 0) chownSync(like, 65_534, 65_534);
    expect(() => requirePrivate(folder, process.getuid?.() === 0 ? like : '/')).toThrow(/not closed to other accounts/);
  });
});
