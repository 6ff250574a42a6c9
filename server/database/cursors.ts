import { type Cipher, createCipheriv, createDecipheriv, createHash, type Decipher, randomBytes } from 'node:crypto';

const BLOCK = 16;
const NUMBER_BYTES = 6;
const NONCE_BYTES = 4;
const MARK_BYTES = BLOCK - NUMBER_BYTES - NONCE_BYTES;

/**
 * Makes places in the event log opaque. A cursor is one block of AES: the number of an event, a number of its own, and a
 * mark of the scope it was given to. So nobody can read from cursors how much happens elsewhere, not even by comparing
 * two that stand for the same place, nor make one up; and a cursor means nothing under another scope. The key is kept
 * in the database: all processes on it agree, and so do restarts.
 */
export class Cursors {
  private readonly encrypt: Cipher;
  private readonly decrypt: Decipher;
  private readonly marks = new Map<string, Buffer>();
  private readonly block = Buffer.alloc(BLOCK);
  private nonce = randomBytes(NONCE_BYTES).readUInt32LE();

  constructor({ epoch, cursorKey }: { epoch: string; cursorKey: string }) {
    const key = createHash('sha256').update(`cursor\0${epoch}\0${cursorKey}`).digest().subarray(0, BLOCK);
    // Each cursor is one block by itself, so no chaining, and one cipher for all of them.
    this.encrypt = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.decrypt = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  }

  /** The place behind event number `seq`, for viewers of a scope: another text each time. */
  write(seq: number, scopeKey: string): string {
    const { block } = this;
    block.writeUIntBE(seq, 0, NUMBER_BYTES);
    this.nonce = (this.nonce + 1) >>> 0;
    block.writeUInt32BE(this.nonce, NUMBER_BYTES);
    this.mark(scopeKey).copy(block, NUMBER_BYTES + NONCE_BYTES);
    return this.encrypt.update(block).toString('base64url');
  }

  /** The number that a cursor stands for under this scope, or `undefined` when it was not made here for it. */
  read(cursor: string, scopeKey: string): number | undefined {
    if (!/^[\w-]{22}$/.test(cursor)) return undefined;
    const block = this.decrypt.update(Buffer.from(cursor, 'base64url'));
    const isOurs = this.mark(scopeKey).equals(block.subarray(NUMBER_BYTES + NONCE_BYTES));
    return isOurs ? block.readUIntBE(0, NUMBER_BYTES) : undefined;
  }

  private mark(scopeKey: string): Buffer {
    let mark = this.marks.get(scopeKey);
    if (!mark) {
      if (this.marks.size >= 1_000) this.marks.clear();
      mark = createHash('sha256').update(scopeKey).digest().subarray(0, MARK_BYTES);
      this.marks.set(scopeKey, mark);
    }
    return mark;
  }
}
