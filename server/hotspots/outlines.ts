import { Worker } from 'node:worker_threads';
import { compiled } from '../compiled.ts';
import type { OutlineAnswer, OutlineMessage } from './outline-worker.ts';

/**
 * Asks something of outlines in a thread of its own: those of thousands of areas take seconds.
 * @param messages the outlines in parts, read from the database meanwhile, and the question at their end
 */
export async function askOutlines(messages: AsyncIterable<OutlineMessage>): Promise<OutlineAnswer> {
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
