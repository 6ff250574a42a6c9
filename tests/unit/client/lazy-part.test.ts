import { expect, test } from 'vitest';
import { again } from '../../../client/lazy-part.ts';

/** Fails as often as it says, then gives the part. */
function failing(times: number): () => Promise<string> {
  let left = times;
  return async () => {
    if (left-- > 0) throw new Error('not fetched');
    return 'part';
  };
}

test('a part is waited for while there is no server, and comes with it', async () => {
  let pauses = 0;
  const part = again(
    failing(3),
    async () => true,
    async () => void pauses++,
  );
  expect(await part).toBe('part');
  expect(pauses).toBe(3);
});

test('a server that answers and does not have the part is not asked for ever', async () => {
  let pauses = 0;
  const part = again(
    failing(3),
    async () => pauses === 0,
    async () => void pauses++,
  );
  await expect(part).rejects.toThrow('not fetched');
  expect(pauses).toBe(1);
});
