import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(path, 'utf8');
const filesOf = (ending: string) =>
  readdirSync('client', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join('client', path));

/** Classes of a sheet's selectors, those of other parties' components aside. */
function classesOf(css: string): Set<string> {
  const selectors = css.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/[^{};]*;|@[^{]*\{/g, '');
  const names = [...selectors.matchAll(/\.([a-zA-Z_][\w-]*)/g)].map(([, name = '']) => name);
  return new Set(names.filter((name) => !/^(mantine|maplibregl)-/.test(name)));
}

const components = filesOf('.tsx').map((path) => ({ path, code: read(path) }));
const sheets = filesOf('.module.css').map((path) => {
  const users = components.flatMap((component) => {
    const { path: from, code } = component;
    const [, alias, to = ''] = new RegExp(`import (\\w+) from '(\\S*/${basename(path)})'`).exec(code) ?? [];
    return alias && join(dirname(from), to) === path ? [{ ...component, alias }] : [];
  });
  const named = users.flatMap(({ code, alias }) =>
    [...code.matchAll(new RegExp(`\\b${alias}\\.(?!module\\b)(\\w+)`, 'g'))].map(([, name = '']) => name),
  );
  // Some are named by a state: `classes[phase]`.
  const byState = users.some(({ code, alias }) => code.includes(`${alias}[`));
  return { path, classes: classesOf(read(path)), named: new Set(named), byState };
});

test('there are sheets, with classes that components name', () => {
  expect(sheets.length).toBeGreaterThan(20);
  expect(sheets.filter(({ classes, named }) => classes.size === 0 || named.size === 0).map(({ path }) => path)).toEqual(
    [],
  );
});

test.each(sheets)('$path holds what is named of it, and nothing that nothing bears', ({ classes, named, byState }) => {
  expect([...named].filter((name) => !classes.has(name))).toEqual([]);
  if (!byState) expect([...classes].filter((name) => !named.has(name))).toEqual([]);
});
