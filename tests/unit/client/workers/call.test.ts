import { afterEach, expect, test } from 'vitest';
import { connect, type Port, serve } from '../../../../client/workers/call.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

const api = {
  double: (value: number): number => value * 2,
  sum: (columns: { numbers: Float64Array }): number => columns.numbers.reduce((sum, number) => sum + number, 0),
  fail(): never {
    throw new Error('no such thing');
  },
};

function connected() {
  const channel = new MessageChannel();
  channels.push(channel);
  const [near, far] = [channel.port1, channel.port2];
  near.start();
  far.start();
  serve(far as unknown as Port, api);
  return connect<typeof api>(near as unknown as Port);
}

test('calls are answered by the methods of the other end', async () => {
  const remote = connected();
  expect(await Promise.all([remote.double(2), remote.double(3)])).toEqual([4, 6]);
});

test('columns are handed over, not copied', async () => {
  const numbers = Float64Array.of(1, 2, 3);
  expect(await connected().sum({ numbers })).toBe(6);
  expect(numbers.length).toBe(0);
});

test('what fails there fails here', async () => {
  await expect(connected().fail()).rejects.toThrow('no such thing');
});
