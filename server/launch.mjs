/**
 * Builds what is missing or older than its sources, then runs a program of Ronda in this process:
 * `node server/launch.mjs server/main`. Plain JavaScript, because it runs before anything is compiled.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [program = 'server/main'] = process.argv.splice(2, 1);

const newest = (folders) =>
  Math.max(
    ...folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
    ),
    statSync(join(root, 'package.json')).mtimeMs,
  );
const builtAt = (file) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0);

function run(bin, ...args) {
  const child = spawn(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve, reject) =>
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${bin} ${args.join(' ')}:\n${output}`)))),
  );
}

async function build(project, folders, stamp) {
  if (builtAt(stamp) < newest(folders)) await run('typescript/bin/tsc', '-b', project);
}

const needsPage = program === 'server/main';
const pageIsOld = needsPage && builtAt('dist/page/index.html') < newest(['client', 'shared']);
if (pageIsOld) console.log('• menyiapkan halaman (sekali saja) …');
const page = pageIsOld ? run('vite/bin/vite.js', 'build') : Promise.resolve();
page.catch(() => {});

const inTests = program.startsWith('tests/');
try {
  await build(
    inTests ? 'tests' : 'server',
    ['shared', 'server', 'data', ...(inTests ? ['tests'] : [])],
    inTests ? 'dist/tests/.tsbuildinfo' : 'dist/server/.tsbuildinfo',
  );
  const { main } = await import(pathToFileURL(join(root, 'dist', `${program}.js`)).href);
  await main({ page });
} catch (error) {
  console.error(error.stack ?? error);
  process.exit(1);
}
