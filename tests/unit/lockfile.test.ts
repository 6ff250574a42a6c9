import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Locked>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const failing = (rule: (locked: Locked, path: string) => boolean) =>
  packages.filter(([path, locked]) => !rule(locked, path)).map(([path]) => path);

describe('S16: the locked packages', () => {
  test('all come from the registry, by https, and no other place', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(failing(({ resolved = 'https://registry.npmjs.org/' }) => resolved.startsWith('https://registry.npmjs.org/'))).toEqual([]); // biome-ignore format: one line
    expect(failing(({ link }) => !link)).toEqual([]);
  });

  test('are known by their hash; those for other platforms may lack it', () => {
    expect(failing(({ integrity, optional }) => integrity?.startsWith('sha512-') ?? optional === true)).toEqual([]);
  });

  test('run nothing of their own when they are installed', () => {
    expect(failing(({ hasInstallScript }) => !hasInstallScript)).toEqual([]);
  });

  test('have one exact version each', () => {
    expect(failing(({ version }) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''))).toEqual([]);
  });
});
