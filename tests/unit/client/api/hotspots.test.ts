import { describe, expect, test } from 'vitest';
import { allPages } from '../../../../client/api/hotspots.ts';

interface Page {
  next: string | null;
  dataVersion: string;
  columns: { code: string[]; count: number[] };
}

/** Answers in pages of one, of the version that is told for each ask. */
function pages(versions: string[]) {
  const asked: (string | null)[] = [];
  const codes = ['a', 'b', 'c'];
  const ask = async (cursor: string | null): Promise<Page> => {
    const dataVersion = versions[asked.length] ?? 'last';
    asked.push(cursor);
    const at = cursor === null ? 0 : Number(cursor);
    const next = at + 1 < codes.length ? String(at + 1) : null;
    return { next, dataVersion, columns: { code: [codes[at] ?? ''], count: [at] } };
  };
  return { ask, asked };
}
const columnsOf = ({ columns }: Page) => columns;

describe('allPages', () => {
  test('puts the pages of one state of the data together', async () => {
    const { ask } = pages(['v1', 'v1', 'v1']);
    const whole = await allPages(ask, columnsOf);
    expect(whole).toEqual({ next: null, dataVersion: 'v1', columns: { code: ['a', 'b', 'c'], count: [0, 1, 2] } });
  });

  test('asks for all of them again when the data changed between two, also before the last', async () => {
    const { ask, asked } = pages(['v1', 'v1', 'v2', 'v2', 'v2', 'v2']);
    const whole = await allPages(ask, columnsOf);
    expect(whole).toEqual({ next: null, dataVersion: 'v2', columns: { code: ['a', 'b', 'c'], count: [0, 1, 2] } });
    expect(asked).toEqual([null, '1', '2', null, '1', '2']);
  });

  test('gives up where the data does not stop changing', async () => {
    const { ask } = pages(Array.from({ length: 40 }, (_, at) => `v${at}`));
    await expect(allPages(ask, columnsOf)).rejects.toMatchObject({ status: 409 });
  });

  test('one page that is enough is all', async () => {
    const { ask, asked } = pages(['v1']);
    expect((await allPages(ask, columnsOf, () => true)).next).toBe('1');
    expect(asked).toEqual([null]);
  });
});
