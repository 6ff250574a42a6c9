type Numbers = Int32Array | Uint32Array | Int16Array | Uint8Array | Float32Array | Float64Array;

/** A copy of `old` with room for `size` numbers. */
export function grown<T extends Numbers>(Kind: new (length: number) => T, old: T, size: number): T {
  const larger = new Kind(size);
  larger.set(old);
  return larger;
}
