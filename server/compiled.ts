import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Path of a compiled file, for programs that are started as processes of their own. The compiled server finds it beside
 * itself; the sources, when tests run them, find it in `dist/`.
 */
export function compiled(path: string): string {
  return join(here, '..', import.meta.url.endsWith('.ts') ? 'dist' : '.', path);
}

/** The folder of the project, where `dist/` and `node_modules/` are. */
export function projectFolder(): string {
  return join(here, import.meta.url.endsWith('.ts') ? '..' : '../..');
}
