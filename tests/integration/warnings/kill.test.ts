import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { WarningRun } from '../../../shared/schemas/warning.ts';
import { ask } from '../../support/access.ts';
import { freshConfig, openApp } from '../../support/engines.ts';
import { putIncidents, putTowns, steady } from '../../support/rising-town.ts';
import { startServer } from '../../support/server.ts';

describe('R1: SIGKILL in the middle of a run of early warning', () => {
  test('leaves all of it or nothing, and the next run is whole', async () => {
    const config = await freshConfig('embedded');
    const seeded = await openApp(config, { nights: false });
    await putTowns(seeded.database.db);
    const now = Date.now();
    const rises = ['52.71', '52.08'].flatMap((kota) =>
      ['1001', '1002'].flatMap((desa) =>
        ['kamtibmas', 'pemilu', 'bencana'].map((category) => ({
          code: `${kota}.01.${desa}`,
          category,
          weeks: steady(30, 3, [9, 12, 14]),
        })),
      ),
    );
    await putIncidents(seeded.database.db, rises, now);
    await seeded.close();

    const whole = 2 * rises.length;
    const seen: number[] = [];
    for (const afterMs of [0, 40, 120, 400]) {
      const server = await startServer({ DATA_DIR: config.dataDir });
      try {
        const { warnings } = await (await ask(`${server.url}/api/warnings`)).json();
        seen.push(warnings.length);
        await ask(`${server.url}/api/warnings/runs`, { method: 'POST' });
        await delay(afterMs);
      } finally {
        await server.stop('SIGKILL');
      }
    }
    const last = await startServer({ DATA_DIR: config.dataDir });
    try {
      const list = async () => (await (await ask(`${last.url}/api/warnings`)).json()).warnings.length;
      seen.push(await list());
      for (const count of seen) expect([0, whole]).toContain(count);
      const asked = await ask(`${last.url}/api/warnings/runs`, { method: 'POST' });
      // Refused where the run before was done before the kill; one that was killed may be asked for again at once.
      expect([202, 429]).toContain(asked.status);
      await vi.waitFor(
        async () => {
          const { runs }: { runs: WarningRun[] } = await (await ask(`${last.url}/api/warnings/runs`)).json();
          expect(runs.find((run) => run.cause === 'asked')?.state).toBe('finished');
        },
        { timeout: 30_000, interval: 100 },
      );
      expect(await list()).toBe(whole);
    } finally {
      await last.stop();
    }
  }, 240_000);
});
