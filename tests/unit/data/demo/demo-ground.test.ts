import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kept } from '../../../../data/demo/simulator/demo-ground.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-ground-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes another value each time, so that it shows which was kept. */
function maker() {
  let times = 0;
  return () => ({ at: [116.1 + ++times / 3, -8.6] });
}

test('what was made for a key is read again to the last digit, and made anew for another', () => {
  const [file, make] = [join(folder, 'ground.json'), maker()];
  const first = kept(file, 1.5, make);
  expect(kept(file, 1.5, make)).toEqual(first);
  const second = kept(file, 2.5, make);
  expect(second).not.toEqual(first);
  expect(kept(file, 2.5, make)).toEqual(second);
  expect(readdirSync(folder)).toEqual(['ground.json']);
});

test('a file that was cut off is made anew, and a folder that is not there is done without', () => {
  const [file, make] = [join(folder, 'ground.json'), maker()];
  writeFileSync(file, '{"key":1.5,"value":{"at":[116');
  const first = kept(file, 1.5, make);
  expect(kept(file, 1.5, make)).toEqual(first);
  const nowhere = join(folder, 'gone', 'ground.json');
  expect(kept(nowhere, 1.5, make)).not.toEqual(kept(nowhere, 1.5, make));
});
