import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check as a_degenerate } from './kinds/a_degenerate.ts';
import { check as a_gi } from './kinds/a_gi.ts';
import { check as ab_exact } from './kinds/ab_exact.ts';
import { check as b_moran } from './kinds/b_moran.ts';
import { check as c_kde } from './kinds/c_kde.ts';
import { check as d_mann } from './kinds/d_mann.ts';
import { check as e_scan } from './kinds/e_scan.ts';
import { check as f_knox } from './kinds/f_knox.ts';
import { check as g_etest } from './kinds/g_etest.ts';
import { check as g_sindex } from './kinds/g_sindex.ts';
import { check as g_wdd } from './kinds/g_wdd.ts';
import { check as h_farrington } from './kinds/h_farrington.ts';
import { check as h_simple } from './kinds/h_simple.ts';
import { check as i_eb } from './kinds/i_eb.ts';
import { check as j_pai } from './kinds/j_pai.ts';
import { check as k_ehsa } from './kinds/k_ehsa.ts';
import {
  expectAllNear,
  kindOf,
  type ReferenceCheck,
  referenceNames,
  runReference,
  watchReads,
} from './reference-file.ts';

/** The check of each method, by the beginning of a file's name. */
const KINDS: Record<string, ReferenceCheck> = {
  a_degenerate,
  a_gi,
  ab_exact,
  b_moran,
  c_kde,
  d_mann,
  e_scan,
  f_knox,
  g_etest,
  g_sindex,
  g_wdd,
  h_farrington,
  h_simple,
  i_eb,
  j_pai,
  k_ehsa,
};

const FOLDER = join(process.env.SHARED_DIR ?? join(import.meta.dirname, '../../../../shared'), 'reference');
const PRESENT = existsSync(FOLDER);

describe('the methods agree with independent software', () => {
  if (!PRESENT) {
    if (process.env.RONDA_NO_SKIP) throw new Error('RONDA_NO_SKIP is set, and there are no reference results.');
    console.log('Skipping the reference results of the statistics: set SHARED_DIR to their folder.');
    test.skip('reference results', () => {});
    return;
  }
  const names = referenceNames(FOLDER);
  test('there are reference results', () => {
    expect(names).not.toEqual([]);
  });
  for (const name of names) {
    const check = KINDS[kindOf(name)];
    test(name, { timeout: 60_000 }, () => {
      if (!check) expect.fail(`${name} is of an unknown kind, ${kindOf(name)}`);
      runReference(FOLDER, name, check);
    });
  }
});

describe('reading what is expected', () => {
  const json = () => ({ a: { b: 1, list: [1, 2], rows: [{ z: null }, { z: 3 }], nested: [[1], [2]] }, note: 'x' });

  test('a key that was not read is named, down to the objects in arrays', () => {
    const { value, unread } = watchReads(json());
    expect(value.a.list).toEqual([1, 2]);
    expect(value.a.rows[1]?.z).toBe(3);
    expect(unread()).toEqual(['expected.a.b', 'expected.a.rows.0.z', 'expected.a.nested', 'expected.note']);
  });

  test('comparing the whole reads the whole', () => {
    const { value, unread } = watchReads(json());
    expect(value).toEqual(json());
    expect(unread()).toEqual([]);
  });

  test('a figure may differ by the tolerance and no more; NaN and what is missing match nothing but null', () => {
    const near = (actual: number | null, expected: number | null) => () =>
      expectAllNear([actual], [expected], { rel: 0.01, abs: 0.1 }, 'z');
    expect(near(2.09, 2)).not.toThrow();
    expect(near(202, 200)).not.toThrow();
    expect(near(null, null)).not.toThrow();
    expect(near(2.11, 2)).toThrow('z[0]');
    expect(near(Number.NaN, 2)).toThrow('z[0]');
    expect(near(null, 2)).toThrow('z[0]');
    expect(near(0, null)).toThrow('z[0]');
    expect(() => expectAllNear([1], [1, 2], {}, 'z')).toThrow('number of elements');
  });
});
