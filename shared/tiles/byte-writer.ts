const VARINT = 0;
const BYTES = 2;

/** Bytes that grow, with the few kinds of protobuf fields that vector tiles are made of. */
export class ByteWriter {
  length = 0;
  private buffer = new Uint8Array(256);

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
    this.buffer.set(other.buffer.subarray(0, other.length), this.length);
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
    const bytes = utf8(text);
    this.varint((field << 3) | BYTES);
    this.varint(bytes.length);
    if (this.length + bytes.length > this.buffer.length) this.grow(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
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
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.length);
  }

  private grow(room: number): void {
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + room));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}

/** Text in UTF-8; halves of surrogate pairs alone become U+FFFD. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const found = letter.codePointAt(0) ?? 0;
    const code = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    if (code < 0x80) bytes.push(code);
    else {
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes.push(([0, 0xc0, 0xe0, 0xf0][more] ?? 0) | (code >> (6 * more)));
      for (let at = more - 1; at >= 0; at--) bytes.push(0x80 | ((code >> (6 * at)) & 0x3f));
    }
  }
  return bytes;
}
