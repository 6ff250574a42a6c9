import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Without a window, a display card, a network beyond one host, or anything that calls home. */
const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-proxy-server',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

interface Waiting {
  resolve: (result: Record<string, unknown>) => void;
  reject: (error: Error) => void;
}

/**
 * A Chromium of one's own, spoken to by the DevTools protocol over a pipe, so that nobody else can: with a profile that nobody
 * else has, an environment that tells it nothing, and names of no host but one.
 */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  /** Of an answer that is not whole yet. */
  #parts: string[] = [];
  #ended: Error | undefined;

  private constructor(child: ChildProcess, profile: string) {
    this.#process = child;
    this.#profile = profile;
    this.#input = child.stdio[3] as Writable;
    this.#input.on('error', () => {});
    const output = child.stdio[4] as Readable;
    output.setEncoding('utf8');
    output.on('data', (chunk: string) => this.#read(chunk));
    child.on('error', (error) => this.#end(error));
    child.on('exit', () => this.#end(new Error('Chromium ended')));
  }

  /**
   * Starts it.
   * @param path of the program
   * @param host the only one whose address it learns, as it stands in an address: `127.0.0.1`, `[::1]`
   * @param publicKey whose certificate is taken for good: base64 of the SHA-256 of its public key (SPKI)
   */
  static async start(path: string, host: string, publicKey: string | undefined): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'ronda-print-'));
    const flags = [...FLAGS, `--user-data-dir=${profile}`, `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${host}`];
    if (publicKey) flags.push(`--ignore-certificate-errors-spki-list=${publicKey}`);
    // Its sandbox does not work for root; it shows nothing but our own page.
    if (process.getuid?.() === 0) flags.push('--no-sandbox');
    const { PATH = '' } = process.env;
    const child = spawn(path, flags, {
      env: { PATH, HOME: profile, LANG: 'id_ID.UTF-8' },
      // A group of its own, so that its helpers end with it; when this process is gone, the pipe is, and so is Chromium.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    return new Chromium(child, profile);
  }

  /** Sends a command, to a page by its session, and gives its result. */
  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  /** Ends it, whatever it is doing, and removes its profile. */
  async close(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#process;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      const gone = once(this.#process, 'exit');
      process.kill(-pid, 'SIGKILL');
      await gone;
    }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #read(chunk: string): void {
    const [rest = '', ...begun] = chunk.split('\0');
    this.#parts.push(rest);
    for (const next of begun) {
      this.#take(this.#parts.join(''));
      this.#parts = [next];
    }
  }

  #take(text: string): void {
    const { id, result, error } = JSON.parse(text) as {
      id?: number;
      result?: Record<string, unknown>;
      error?: { message: string };
    };
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (!waiting || id === undefined) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result ?? {});
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
