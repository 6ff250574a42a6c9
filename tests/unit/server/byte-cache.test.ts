import { expect, test, vi } from 'vitest';
import { ByteCache } from '../../../server/byte-cache.ts';

interface Entry {
  name: string;
  size: number;
}

const made = (name: string, size: number) => vi.fn(async (): Promise<Entry> => ({ name, size }));

test('what was asked for longest ago goes first when the bytes are used up', async () => {
  const cache = new ByteCache<Entry>(10);
  for (const name of ['a', 'b', 'c']) await cache.getOrMake(name, made(name, 3));
  expect(cache.get('a')?.name).toBe('a');
  await cache.getOrMake('d', made('d', 3));
  expect(['a', 'b', 'c', 'd'].filter((name) => cache.get(name))).toEqual(['a', 'c', 'd']);
});

test('one entry may push out several, and what is larger than all of the cache is given but not kept', async () => {
  const cache = new ByteCache<Entry>(10);
  for (const name of ['a', 'b', 'c']) await cache.getOrMake(name, made(name, 3));
  await cache.getOrMake('wide', made('wide', 7));
  expect(['a', 'b', 'c', 'wide'].filter((name) => cache.get(name))).toEqual(['c', 'wide']);
  expect(await cache.getOrMake('huge', made('huge', 11))).toEqual({ name: 'huge', size: 11 });
  expect(['c', 'wide', 'huge'].filter((name) => cache.get(name))).toEqual(['c', 'wide']);
});

test('who asks for what is being made waits for that one', async () => {
  const cache = new ByteCache<Entry>(10);
  const make = made('a', 3);
  const [one, two] = await Promise.all([cache.getOrMake('a', make), cache.getOrMake('a', make)]);
  expect(one).toBe(two);
  expect(await cache.getOrMake('a', make)).toBe(one);
  expect(make).toHaveBeenCalledOnce();
});

test('what fails is told to all who wait, and is made anew for the next', async () => {
  const cache = new ByteCache<Entry>(10);
  const fail = vi.fn(async (): Promise<Entry> => Promise.reject(new Error('no')));
  const both = await Promise.allSettled([cache.getOrMake('a', fail), cache.getOrMake('a', fail)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(fail).toHaveBeenCalledOnce();
  expect((await cache.getOrMake('a', made('a', 3))).name).toBe('a');
});

test('what was begun before all was cleared goes to who waited for it, and to nobody after', async () => {
  const cache = new ByteCache<Entry>(10);
  let finish: (entry: Entry) => void = () => {};
  const old = cache.getOrMake('a', () => new Promise<Entry>((resolve) => (finish = resolve)));
  cache.clear();
  const anew = await cache.getOrMake('a', made('new', 3));
  finish({ name: 'old', size: 3 });
  expect([(await old).name, anew.name, cache.get('a')?.name]).toEqual(['old', 'new', 'new']);
});

test('bytes of what was cleared are free again', async () => {
  const cache = new ByteCache<Entry>(10);
  await cache.getOrMake('a', made('a', 9));
  cache.clear();
  await cache.getOrMake('b', made('b', 5));
  await cache.getOrMake('c', made('c', 5));
  expect([cache.get('a'), cache.get('b')?.name, cache.get('c')?.name]).toEqual([undefined, 'b', 'c']);
});
