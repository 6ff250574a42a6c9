import { expect, test } from 'vitest';
import { Turns } from '../../../server/turns.ts';

/** Work that goes on until it is told how it ends. */
function jobs() {
  const begun: number[] = [];
  const ends = new Map<number, { done: (value: number) => void; fail: (error: Error) => void }>();
  const work = (number: number) => () => {
    begun.push(number);
    return new Promise<number>((done, fail) => ends.set(number, { done, fail }));
  };
  return { begun, work, end: (number: number) => ends.get(number) };
}

test('two work at once, others wait in their order, and one too many is sent away', async () => {
  const turns = new Turns({ atOnce: 2, waiting: 3 }, 'Too much is being done; try again.');
  const { begun, work, end } = jobs();
  const results = [1, 2, 3, 4, 5].map((number) => turns.take(work(number)));
  await expect(turns.take(work(6))).rejects.toMatchObject({
    code: 'overloaded',
    message: 'Too much is being done; try again.',
    retryAfterSeconds: 5,
  });
  expect(begun).toEqual([1, 2]);
  end(2)?.done(20);
  expect(await results[1]).toBe(20);
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  // Whoever comes now is behind those who wait.
  const last = turns.take(work(7));
  end(1)?.done(10);
  await expect.poll(() => begun).toEqual([1, 2, 3, 4]);
  for (const number of [3, 4, 5, 7]) {
    await expect.poll(() => end(number)).toBeDefined();
    end(number)?.done(number * 10);
  }
  expect(await Promise.all([...results, last])).toEqual([10, 20, 30, 40, 50, 70]);
  expect(begun).toEqual([1, 2, 3, 4, 5, 7]);
});

test('work that fails hands its turn over, too', async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1 }, 'Full.');
  const { work, end } = jobs();
  const broken = turns.take(work(1));
  const next = turns.take(work(2));
  end(1)?.fail(new Error('the database is gone'));
  await expect(broken).rejects.toThrow('the database is gone');
  await expect.poll(() => end(2)).toBeDefined();
  end(2)?.done(2);
  expect(await next).toBe(2);
  const third = turns.take(async () => 3);
  expect(await third).toBe(3);
});
