import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/** Codes that stand where a start-up message has its protocol version. */
const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/** What a connection needs of the engine. */
interface Engine {
  execute(request: Uint8Array): Promise<Buffer>;
  isInTransaction(): boolean;
}

/** What keeps answers back until they are true after a power cut as well. */
export interface Durability {
  /** Settles when all that was committed is on the disk; `undefined` when it already is. */
  flushed(): Promise<void> | undefined;
  /** Whether the log has grown so much that a checkpoint should shorten it. */
  isCheckpointDue(): boolean;
  /** Told when that is done. */
  checkpointed(): void;
}

/**
 * Lets several PostgreSQL connections share the one session of an embedded engine. The engine is given to a connection
 * for a whole request (all messages up to Sync, or a simple query), and while its transaction is open: so neither
 * unnamed statements nor transactions of two connections mix. A connection that goes in mid-transaction is rolled back.
 * An answer leaves when everything committed before it is on the disk; the engine goes on meanwhile.
 */
export class SocketServer {
  readonly #engine: Engine;
  readonly #durability: Durability;
  readonly #onBroken: (error: Error) => void;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  /** Connections with a whole request, in the order of their requests. */
  readonly #waiting: Connection[] = [];
  /** The connection whose transaction is open. */
  #owner: Connection | undefined;
  #busy = false;

  /** `onBroken` is told when the engine itself fails: it cannot be used any more. */
  constructor(db: PGlite, durability: Durability, onBroken: (error: Error) => void) {
    this.#durability = durability;
    this.#engine = {
      async execute(request) {
        const chunks: Buffer[] = [];
        const onRawData = (data: Uint8Array) => void chunks.push(Buffer.from(data));
        await db.runExclusive(() => db.execProtocolRawStream(request, { onRawData }));
        return readyOnce(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      },
      isInTransaction: () => db.isInTransaction(),
    };
    this.#onBroken = onBroken;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Listens on a Unix socket. */
  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
  }

  /** Ends every connection; a request that runs is finished first. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const connection = new Connection(socket, () => {
      this.#waiting.push(connection);
      void this.#run();
    });
    this.#connections.add(connection);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#connections.delete(connection);
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const { connection, request } = next;
        const answer = await this.#engine.execute(request);
        const end = lastWords(answer);
        // PGlite would go on, in a state that PostgreSQL has declared broken.
        if (end) throw new Error(end);
        this.#answer(connection, answer);
        this.#owner = this.#engine.isInTransaction() ? connection : undefined;
        if (!this.#owner && this.#durability.isCheckpointDue()) {
          await this.#engine.execute(simpleQuery('CHECKPOINT'));
          this.#durability.checkpointed();
        }
        // Lets sockets be read and written between two requests.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      this.#onBroken(error as Error);
    } finally {
      this.#busy = false;
    }
  }

  /** Sends an answer once it is durable. The answers to one connection keep their order: syncs end in the order they begin. */
  #answer({ socket }: Connection, answer: Buffer): void {
    const send = () => {
      if (socket.writable) socket.write(answer);
    };
    const flushed = this.#durability.flushed();
    if (flushed) void flushed.then(send);
    else send();
  }

  #next(): { connection: Connection; request: Uint8Array } | undefined {
    const owner = this.#owner;
    if (owner) {
      if (owner.socket.destroyed) return { connection: owner, request: simpleQuery('ROLLBACK') };
      const index = this.#waiting.indexOf(owner);
      if (index < 0) return undefined;
      this.#waiting.splice(index, 1);
      return { connection: owner, request: owner.take() };
    }
    for (let connection = this.#waiting.shift(); connection; connection = this.#waiting.shift()) {
      if (!connection.socket.destroyed) return { connection, request: connection.take() };
    }
    return undefined;
  }
}

/** One client: gathers its bytes to whole requests. */
class Connection {
  readonly socket: Socket;
  readonly #onRequest: () => void;
  readonly #requests: Buffer[] = [];
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before looking again, and where in them the next message begins. */
  #needed = 8;
  #messageAt = 0;
  #started = false;

  constructor(socket: Socket, onRequest: () => void) {
    this.socket = socket;
    this.#onRequest = onRequest;
    socket.on('data', (chunk) => this.#receive(chunk));
  }

  /** The oldest request not yet taken. */
  take(): Buffer {
    const request = this.#requests.shift();
    if (!request) throw new Error('a connection was given the engine without a request');
    return request;
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    while (!this.#started && bytes.length >= 8) {
      const length = bytes.readInt32BE(0);
      const code = bytes.readInt32BE(4);
      if (code === CANCEL_REQUEST) {
        this.socket.destroy();
        return;
      }
      if (bytes.length < length) break;
      if (code === SSL_REQUEST || code === GSS_REQUEST) this.socket.write('N');
      else {
        this.#started = true;
        this.#add(bytes.subarray(0, length));
      }
      bytes = bytes.subarray(length);
    }
    if (this.#started) bytes = this.#splitRequests(bytes);
    else this.#needed = bytes.length >= 8 ? bytes.readInt32BE(0) : 8;
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#length = bytes.length;
  }

  /** Takes the whole requests off the front; returns the rest. */
  #splitRequests(bytes: Buffer): Buffer {
    let begin = 0;
    let at = this.#messageAt;
    for (;;) {
      if (bytes.length < at + 5) {
        this.#needed = at + 5 - begin;
        break;
      }
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (bytes.length < end) {
        this.#needed = end - begin;
        break;
      }
      const type = bytes[at];
      at = end;
      if (type === TERMINATE) {
        this.socket.destroy();
        return bytes.subarray(bytes.length);
      }
      if (type === QUERY || type === SYNC || type === CALL) {
        this.#add(bytes.subarray(begin, end));
        begin = end;
      }
    }
    this.#messageAt = at - begin;
    return bytes.subarray(begin);
  }

  #add(request: Buffer): void {
    this.#requests.push(request);
    this.#onRequest();
  }
}

const READY_LENGTH = 6;

/**
 * After an error within extended messages the engine says ReadyForQuery twice, and a client would take the second for
 * the end of its next request. Returns the answer with one.
 */
function readyOnce(answer: Buffer): Buffer {
  const last = answer.length - READY_LENGTH;
  const before = last - READY_LENGTH;
  if (before < 0 || answer[last] !== READY || answer[before] !== READY) return answer;
  // The same bytes may be the end of a row's text: only a walk from the first message tells.
  let at = 0;
  while (at < before) at += 1 + answer.readInt32BE(at + 1);
  return at === before ? answer.subarray(0, last) : answer;
}

/** What the engine said when it gave up, `undefined` in any other answer. */
function lastWords(answer: Buffer): string | undefined {
  if (!answer.includes('PANIC\0') && !answer.includes('FATAL\0')) return undefined;
  // The same bytes may be a row's text.
  for (let at = 0; at < answer.length; ) {
    const end = at + 1 + answer.readInt32BE(at + 1);
    const fields = answer.toString('utf8', at + 5, end).split('\0');
    if (answer[at] === ERROR && /^S(PANIC|FATAL)$/.test(fields[0] ?? '')) {
      return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'no reason given';
    }
    at = end;
  }
  return undefined;
}

const [READY, QUERY, SYNC, CALL, TERMINATE, ERROR] = [...'ZQSFXE'].map((letter) => letter.charCodeAt(0));

/** The message that runs one statement. */
function simpleQuery(text: string): Buffer {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
