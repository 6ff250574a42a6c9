import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectFolder } from '../../server/compiled.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import { freePort } from '../support/cluster.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';

const ROOT = projectFolder();
const FIRST_S = 30;
const AGAIN_S = 6;
const AGAIN_ROUNDS = 3;

/** From `npm start` to moving units on the screen: in a fresh copy with nothing built, and again. */
export const benches: Bench[] = [{ names: ['start.first', 'start.again'], run }];

async function run({ scratch, log }: BenchContext): Promise<Row[]> {
  const copy = join(scratch, 'ronda');
  copyProject(copy);
  const browser = await launchChromium(findChromium(), 'by GPU');
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const first = await startUntilMoving(copy, page, log);
    const again: number[] = [];
    for (let round = 0; round < AGAIN_ROUNDS; round++) again.push(await startUntilMoving(copy, page, log));
    again.sort((a, b) => a - b);
    return [
      compare({ id: 'start.first', measured: first, reference: FIRST_S, unit: 's', goal: '<= 1' }),
      compare({
        id: 'start.again',
        measured: again[Math.floor(AGAIN_ROUNDS / 2)] ?? Number.NaN,
        reference: AGAIN_S,
        unit: 's',
        goal: '<= 1',
      }),
    ];
  } finally {
    await browser.close();
  }
}

/** The project as a clone would have it after `npm ci`: its files and packages, nothing built, no data. */
function copyProject(to: string): void {
  mkdirSync(to, { recursive: true });
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(ROOT, file), join(to, file));
  }
  execFileSync('cp', ['-a', join(ROOT, 'node_modules'), join(to, 'node_modules')]);
}

/** Seconds from starting the server until the page has drawn one unit at two positions that the server sent. */
async function startUntilMoving(folder: string, page: Page, log: (text: string) => void): Promise<number> {
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT: String(await freePort()), DATA_DIR: join(folder, '.ronda'), DEMO: 'on' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  // npm does not pass every signal on: the whole group gets it, as from a terminal; also when the benchmark is ended.
  const stop = () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  };
  const endedEarly = () => process.exit(1);
  process.once('exit', stop);
  process.once('SIGTERM', endedEarly);
  try {
    const url = await addressOf(child);
    const printed = seconds();
    await page.goto(url);
    // The link of the first start signs in and leads on to the map.
    await page.waitForURL(({ pathname }) => pathname === '/');
    await page.evaluate(unitMoves);
    log(`address after ${printed.toFixed(1)} s, a moving unit after ${seconds().toFixed(1)} s`);
    return seconds();
  } finally {
    process.off('exit', stop);
    process.off('SIGTERM', endedEarly);
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    stop();
    await gone;
    await page.goto('about:blank');
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const found = /Ronda: (http\S+)/.exec(text);
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with code ${code}:\n${text}`)));
  });
}

/** What of the page's `ronda` handle is looked at. */
interface Handle {
  unitsOnScreen(): { id: number; x: number; y: number }[];
  framesDrawn(): number;
  live: { units: { slotOf(id: number): number | undefined; fixMs: Float64Array } };
}

/** In the page: settles when one unit has been drawn in two frames at different places, by different fixes. */
function unitMoves(): Promise<void> {
  const first = new Map<number, { x: number; y: number; fix: number; frame: number }>();
  return new Promise((resolve) => {
    const look = () => {
      const ronda = (globalThis as unknown as { ronda?: Handle }).ronda;
      const frame = ronda?.framesDrawn() ?? 0;
      if (ronda && frame > 0) {
        for (const { id, x, y } of ronda.unitsOnScreen()) {
          const fix = ronda.live.units.fixMs[ronda.live.units.slotOf(id) ?? -1] ?? 0;
          const before = first.get(id);
          if (!before) first.set(id, { x, y, fix, frame });
          else if (before.fix !== fix && before.frame < frame && Math.hypot(x - before.x, y - before.y) > 0) {
            resolve();
            return;
          }
        }
      }
      requestAnimationFrame(look);
    };
    look();
  });
}
