import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from './browser.ts';
import { startCluster } from './cluster.ts';
import { canReadPdf } from './pdf.ts';
import { makeTemplates } from './templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a PostgreSQL with PostGIS that tests make their databases on, or empty. */
    servedUrl: string;
    /** Path of a Chromium, or empty. */
    chromium: string;
    /** Whether PDF files can be read back. */
    poppler: boolean;
    /** The folder of real data beside the project, or empty. */
    sharedDir: string;
    /** A folder of this run, removed at its end. */
    scratch: string;
  }
}

const ROOT = join(import.meta.dirname, '../..');

/**
 * Builds what tests start as processes of their own, finds what this machine has, and makes the databases that tests copy.
 * `RONDA_TESTS_BUILT` says that everything is built already.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Once for all kinds of tests, each of which would be set up by itself: what is provided to the root reaches them all.
  if (!project.isRootProject()) return undefined;
  if (!process.env.RONDA_TESTS_BUILT) {
    run('typescript/bin/tsc', '-b');
    run('vite/bin/vite.js', 'build', '--logLevel', 'error');
  }
  const scratch = mkdtempSync(join(tmpdir(), 'ronda-test-'));
  // Nothing that is tested on it is about a crash of the machine or of the database: tests of those start one of their own.
  const cluster = await startCluster(join(scratch, 'cluster'), false);
  const servedUrl = cluster?.url ?? '';
  const chromium = findChromium();
  const sharedDir = process.env.SHARED_DIR ?? join(ROOT, '../shared');
  project.provide('servedUrl', servedUrl);
  const poppler = canReadPdf();
  project.provide('chromium', chromium);
  project.provide('poppler', poppler);
  project.provide('sharedDir', existsSync(join(sharedDir, 'geo')) ? sharedDir : '');
  project.provide('scratch', scratch);

  const missing = [
    servedUrl
      ? ''
      : 'a served database: install PostgreSQL 15 and PostGIS (Debian: apt install postgresql-15-postgis-3)',
    chromium ? '' : 'the browser: install Chromium (Debian: apt install chromium)',
    poppler ? '' : 'to read PDF files back: install pdftotext (Debian: apt install poppler-utils)',
    existsSync(join(sharedDir, 'geo')) ? '' : 'real data: set SHARED_DIR to its folder',
  ].filter(Boolean);
  for (const what of missing) console.log(`Skipping tests that need ${what}.`);
  if (missing.length > 0 && process.env.RONDA_NO_SKIP)
    throw new Error('RONDA_NO_SKIP is set, and nothing may be skipped.');
  await makeTemplates(scratch, servedUrl);

  return async () => {
    await cluster?.stop();
    // Not in one go: it takes seconds, in which the last worker's end would go unseen, and be reported as missing.
    await rm(scratch, { recursive: true, force: true });
  };
}

function run(bin: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules', bin), ...args], {
    cwd: ROOT,
    // The page that is tested is the one that people get; the test runner's own mode would build another.
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${bin} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
