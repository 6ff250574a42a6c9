import { connect } from 'node:net';
import { ask } from '../support/access.ts';

/**
 * Sends GET requests over keep-alive connections, one at a time on each, for so many seconds. The answers must have no
 * body. Returns how many were answered 200 a second; throws at any other answer. Costs little, so that the server is measured.
 */
export async function requestsPerSecond(
  url: string,
  connections: number,
  seconds: number,
  path: (index: number) => string,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const end = performance.now() + seconds * 1000;
  let index = 0;
  let answered = 0;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      const send = () => socket.write(`GET ${path(index++)} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
      let text = '';
      socket.once('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        if (!text.endsWith('\r\n\r\n')) return;
        if (!text.startsWith('HTTP/1.1 200')) reject(new Error(text));
        text = '';
        answered++;
        if (performance.now() < end) send();
        else {
          socket.destroy();
          resolve();
        }
      });
    });
  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  return (answered * 1000) / (performance.now() - begun);
}

/** Posts JSON texts over so many connections, each once; throws at an answer other than 200. Returns the seconds it took. */
export async function postAll(url: string, connections: number, bodies: readonly string[]): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        const answer = await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        const text = await answer.text();
        if (answer.status !== 200 || !text.startsWith('{"verdicts":[{"verdict":"stored"}')) {
          throw new Error(`${answer.status} ${text.slice(0, 200)}`);
        }
      }
    }),
  );
  return (performance.now() - begun) / 1000;
}
