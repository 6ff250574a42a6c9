import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './tests/support/slow-first.ts';

const node = { environment: 'node' as const, pool: 'forks' as const };
const served = { ...node, testTimeout: 60_000, hookTimeout: 60_000 };
const inBrowser = {
  ...node,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // A browser that draws by software beside server and database may be late once; what is broken fails twice.
  retry: 1,
};

/** Integration tests that hold time or memory against a promise: nothing runs beside them. */
const ALONE = ['access/live', 'access/two-servers', 'corpora', 'drain', 'limits', 'live', 'memory', 'plans/live'].map(
  (name) => `tests/integration/${name}.test.ts`,
);

/** Tests in a browser that hold time against a promise. */
const ALONE_IN_BROWSER = ['incidents', 'live-map', 'map', 'outage'].map((name) => `tests/e2e/${name}.test.ts`);

/** Marks the building of schemas as free of effects: where the page only takes types and lists from them, TypeBox stays out. */
const pureSchemas: Plugin = {
  name: 'pure-schemas',
  apply: 'build',
  transform: {
    filter: { id: /\/shared\/.*\.ts$/ },
    handler: (code) => ({ code: code.replace(/\bType\.\w+\(/g, '/* @__PURE__ */ $&'), map: null }),
  },
};

const treeshake = {
  moduleSideEffects: [{ test: /\/(node_modules\/typebox|shared)\//, sideEffects: false }],
  propertyReadSideEffects: false,
};

/**
 * What both pages begin with of libraries, but for the map's, in one file: in the many small ones that it would be cut into by
 * who else uses what, it takes some 9 kB more when it is compressed. Styles stay where they are.
 */
const libraries = {
  name: 'libraries',
  tags: ['$initial' as const],
  minShareCount: 2,
  test: /[\\/]node_modules[\\/](?!maplibre-gl[\\/]).*\.m?js$/,
};

export default defineConfig({
  root: 'client',
  plugins: [react(), pureSchemas],
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    // Browsers of that year know it themselves.
    modulePreload: { polyfill: false },
    // Beside the page, for who reads a stack trace; named in no file, which is some 2 kB of the first load.
    sourcemap: 'hidden',
    rolldownOptions: {
      treeshake,
      input: ['client/index.html', 'client/door.html'],
      output: { codeSplitting: { groups: [libraries] } },
    },
  },
  worker: { format: 'es', plugins: () => [pureSchemas], rolldownOptions: { treeshake } },
  test: {
    root: '.',
    reporters: ['default', './tests/support/summary-reporter.ts'],
    globalSetup: ['./tests/support/global-setup.ts'],
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          ...node,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          // Finds what hangs. How long a computation takes says more about the machine, and what else it does, than about it.
          testTimeout: 30_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...served,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { ...served, name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
      {
        extends: true,
        test: {
          ...inBrowser,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ALONE_IN_BROWSER,
          // Each waits for its own server and page half of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          ...inBrowser,
          name: 'e2e-alone',
          include: ALONE_IN_BROWSER,
          maxWorkers: 1,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
