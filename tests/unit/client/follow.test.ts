import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { follow } from '../../../client/follow.ts';

/** A deed of a part of the page that is gone before the answer. */
function deedWithoutPart(answer: Promise<string>, onSuccess?: () => void) {
  const observer = new MutationObserver(new QueryClient(), { mutationFn: () => answer });
  const leave = observer.subscribe(() => {});
  const deed = observer.mutate(undefined, { onSuccess });
  leave();
  return deed;
}

test('what became of a deed is told though its part is gone, and nothing is moved that is not there', async () => {
  const [moved, told, refused] = [vi.fn(), vi.fn(), vi.fn()];
  const done = deedWithoutPart(Promise.resolve('stored'), moved);
  follow(done, told, refused);
  await done;
  expect([moved.mock.calls, told.mock.calls, refused.mock.calls]).toEqual([[], [['stored']], []]);
});

test('why a deed was refused is told though its part is gone; what is shown by the part alone troubles nobody', async () => {
  const [told, refused] = [vi.fn(), vi.fn()];
  const why = new Error('refused');
  for (const onRefused of [refused, undefined]) {
    const deed = deedWithoutPart(Promise.reject(why));
    follow(deed, told, onRefused);
    await expect(deed).rejects.toBe(why);
  }
  expect([told.mock.calls, refused.mock.calls]).toEqual([[], [[why]]]);
});

/** What is given to each call of `mutate` and `mutateAsync` of a source: from one parenthesis to its other. */
function givenToMutate(code: string): string[] {
  return [...code.matchAll(/\bmutate(Async)?\(/g)].map(({ index, 0: { length } }) => {
    let end = index + length;
    for (let open = 1; open > 0; end++) open += code[end] === '(' ? 1 : code[end] === ')' ? -1 : 0;
    return code.slice(index, end);
  });
}

test('nothing is told by callbacks of mutate, which are lost with their part', () => {
  const files = readdirSync('client', { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
  const given = files.flatMap((path) =>
    givenToMutate(readFileSync(join('client', path), 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(given.length).toBeGreaterThan(30);
  expect(given.filter((text) => /\bnotify\(|\brefuse\b/.test(text))).toEqual([]);
});
