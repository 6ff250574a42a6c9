/** A thread of its own: fitting hundreds of series takes seconds, in which the server answers. */
import { parentPort } from 'node:worker_threads';
import { type FamilyCounts, judgeFamily } from './family.ts';

parentPort?.on('message', (counts: FamilyCounts) => parentPort?.postMessage(judgeFamily(counts)));
