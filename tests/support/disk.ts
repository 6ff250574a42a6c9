import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiled } from '../../server/compiled.ts';

/** Environment of a server whose embedded database lies on a disk that can lose power; `platter` must not exist yet. */
export function onFragileDisk(platter: string): Record<string, string> {
  const layer = pathToFileURL(compiled('tests/support/power-cut.js')).href;
  return { RONDA_POWER_CUT: platter, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${layer}` };
}

/** Makes the folder of the embedded database as it is found when the power comes back. */
export function afterPowerCut(platter: string, folder: string): void {
  const folders = new Map<number, Map<string, { id: number; isFolder: boolean }>>();
  const lines = readFileSync(join(platter, 'names'), 'utf8').split('\n');
  // The last line may be cut off.
  for (const line of lines.slice(0, -1)) {
    const [parent, name, id, isFolder] = JSON.parse(line) as [number, string, number | null, boolean];
    const names = folders.get(parent) ?? new Map();
    folders.set(parent, names);
    if (id === null) names.delete(name);
    else names.set(name, { id, isFolder });
  }
  const make = (id: number, path: string) => {
    mkdirSync(path, { recursive: true });
    for (const [name, item] of folders.get(id) ?? []) {
      const content = join(platter, String(item.id));
      if (item.isFolder) make(item.id, join(path, name));
      else if (existsSync(content)) copyFileSync(content, join(path, name));
    }
  };
  make(0, folder);
}
