import { Worker } from 'node:worker_threads';
import { compiled } from '../compiled.ts';
import { Turns } from '../turns.ts';
import type { OutlineAnswer, OutlineMessage } from './outline-worker.ts';

/** Each thread has up to a country's outlines in memory. */
const turns = new Turns(
  { atOnce: 2, waiting: 20 },
  'Too many grids and neighbours are being worked out at this moment; try again.',
);

/**
 * Asks something of outlines in a thread of its own: those of thousands of areas take seconds. Two at once; others wait for
 * their turn. Throws `overloaded` where too many wait.
 * @param messages the outlines in parts, read from the database meanwhile, and the question at their end
 */
export function askOutlines(messages: AsyncIterable<OutlineMessage>): Promise<OutlineAnswer> {
  return turns.take(() => askThread(messages));
}

async function askThread(messages: AsyncIterable<OutlineMessage>): Promise<OutlineAnswer> {
  const worker = new Worker(compiled('server/hotspots/outline-worker.js'));
  try {
    const answered = new Promise<OutlineAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    // A thread that breaks while outlines are still read is nobody's unhandled error.
    answered.catch(() => {});
    for await (const message of messages) worker.postMessage(message);
    return await answered;
  } finally {
    await worker.terminate();
  }
}
