const VARINT = 0;
const BYTES = 2;

/** Bytes that grow, with the few kinds of protobuf fields that vector tiles are made of. */
export class ByteWriter {
  length = 0;
  private buffer = Buffer.allocUnsafe(256);

  clear(): void {
    this.length = 0;
  }

  /** A whole number from 0 to 2⁵³ − 1. */
  varint(value: number): void {
    if (this.length + 10 > this.buffer.length) this.grow(10);
    const { buffer } = this;
    let at = this.length;
    let rest = value;
    while (rest > 0x7fffffff) {
      buffer[at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 0x7f) {
      buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.length = at;
  }

  bytes(other: ByteWriter): void {
    if (this.length + other.length > this.buffer.length) this.grow(other.length);
    other.buffer.copy(this.buffer, this.length, 0, other.length);
    this.length += other.length;
  }

  varintField(field: number, value: number): void {
    this.varint((field << 3) | VARINT);
    this.varint(value);
  }

  bytesField(field: number, content: ByteWriter): void {
    this.varint((field << 3) | BYTES);
    this.varint(content.length);
    this.bytes(content);
  }

  textField(field: number, text: string): void {
    const size = Buffer.byteLength(text);
    this.varint((field << 3) | BYTES);
    this.varint(size);
    if (this.length + size > this.buffer.length) this.grow(size);
    this.length += this.buffer.write(text, this.length);
  }

  packedField(field: number, values: readonly number[]): void {
    let size = 0;
    for (let value of values) {
      for (size++; value > 0x7f; value = Math.floor(value / 128)) size++;
    }
    this.varint((field << 3) | BYTES);
    this.varint(size);
    for (const value of values) this.varint(value);
  }

  /** A copy of what was written. */
  toBuffer(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  private grow(room: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + room));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
