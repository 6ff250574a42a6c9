/**
 * The simulator as a process of the server: it lives as long as the server does, and leaves when that goes, even by
 * SIGKILL (the channel between them closes). Says nothing; Ctrl-C of the terminal is the server's to answer.
 */

import { simulate } from './simulate.ts';
import { readOptions } from './simulator/options.ts';

const stop = new AbortController();
process.on('SIGINT', () => {});
process.once('SIGTERM', () => stop.abort());
process.once('disconnect', () => process.exit(0));
// The server may have gone while this program was being read.
if (!process.connected) process.exit(0);

await simulate(readOptions(process.argv.slice(2)), stop.signal, () => {});
process.exit(0);
