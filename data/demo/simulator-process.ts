/**
 * The simulator as a process of the server: it lives as long as the server does, and leaves when that goes, even by
 * SIGKILL (the channel between them closes). Says nothing; Ctrl-C of the terminal is the server's to answer.
 */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { demoScene, simulate } from './simulate.ts';
import { readOptions } from './simulator/options.ts';
import type { ServerAddress } from './simulator/server-client.ts';

const Start = Type.Object({ url: Type.String(), token: Type.String() });

process.on('SIGINT', () => {});
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
const started = new Promise<ServerAddress>((resolve) => {
  process.once('message', (message) => resolve(Value.Check(Start, message) ? message : { url: '', token: '' }));
});
// The server may have gone while this program was being read.
if (!process.connected) process.exit(0);

// The streets are drawn while the server is starting.
const scene = demoScene(readOptions([]));
await simulate(scene, await started, new AbortController().signal, () => {});
