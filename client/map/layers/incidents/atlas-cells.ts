/**
 * Which cell of an image atlas holds which image. Room for a new image is made by giving away the cell that was drawn
 * longest ago, never one that is on the screen.
 */
export class AtlasCells {
  readonly capacity: number;
  private readonly cellOf = new Map<string, number>();
  private readonly keyOf: string[] = [];
  private readonly usedAt: number[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** The cell that holds this image, if any does. */
  find(key: string): number | undefined {
    return this.cellOf.get(key);
  }

  /** Notes that frame `frame` draws this cell. */
  use(cell: number, frame: number): void {
    this.usedAt[cell] = frame;
  }

  /** A cell for a new image; `undefined` when every one was drawn in this frame or the one before. */
  allocate(key: string, frame: number): number | undefined {
    const cell = this.keyOf.length < this.capacity ? this.keyOf.length : this.longestUnused(frame);
    if (cell === undefined) return undefined;
    const old = this.keyOf[cell];
    if (old !== undefined) this.cellOf.delete(old);
    this.keyOf[cell] = key;
    this.cellOf.set(key, cell);
    this.usedAt[cell] = frame;
    return cell;
  }

  private longestUnused(frame: number): number | undefined {
    let found: number | undefined;
    let oldest = frame - 1;
    this.usedAt.forEach((used, cell) => {
      if (used >= oldest) return;
      oldest = used;
      found = cell;
    });
    return found;
  }
}
