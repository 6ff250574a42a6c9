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

/** Says what is being done, in columns: seconds since the start, topic, what of it. */
function say(topic, text) {
  const seconds = (performance.now() / 1000).toFixed(1).replace('.', ',');
  console.log(`${seconds.padStart(6)} s  ${topic.padEnd(11)}  ${text}`);
}

const building = new Set();
// A build must not outlive the one who asked for it.
process.on('exit', () => {
  for (const child of building) child.kill('SIGKILL');
});

function run(bin, ...args) {
  const child = spawn(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  building.add(child);
  child.once('exit', () => building.delete(child));
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve, reject) =>
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${bin} ${args.join(' ')}:\n${output}`)))),
  );
}

const inTests = program.startsWith('tests/');
const project = inTests ? 'tests' : 'server';
const folders = ['shared', 'server', 'data', ...(inTests ? ['tests'] : [])];
const isServer = program === 'server/main';
const programIsOld = builtAt(`dist/${project}/.tsbuildinfo`) < newest(folders);
const pageIsOld = isServer && builtAt('dist/page/index.html') < newest(['client', 'shared']);

try {
  if (isServer && programIsOld) say('program', 'menyusun (sekali saja)');
  if (pageIsOld) say('halaman', 'menyusun (sekali saja)');
  const page = pageIsOld ? run('vite/bin/vite.js', 'build', '--logLevel', 'error') : Promise.resolve();
  // Whoever needs the page waits for it; until then a failed build is nobody's unhandled error.
  page.catch(() => {});
  if (programIsOld) await run('typescript/bin/tsc', '-b', project);
  const { main } = await import(pathToFileURL(join(root, 'dist', `${program}.js`)).href);
  await main({ page, say });
} catch (error) {
  console.error(error.stack ?? error);
  process.exit(1);
}
