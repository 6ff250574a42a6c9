/**
 * Visvalingam's weights of the inner vertices of a line: the area of the triangle that vanishes with a vertex, never less
 * than that of a vertex which had to go before. Dropping every vertex below a threshold gives the line simplified to it.
 *
 * Scratch space is kept between calls; one instance is for one caller at a time.
 */
export class LineWeights {
  #capacity = 0;
  #area = new Float64Array(0);
  #previous = new Int32Array(0);
  #next = new Int32Array(0);
  #heap = new Int32Array(0);
  #slot = new Int32Array(0);
  #size = 0;

  /**
   * @param x abscissae of the line's vertices, in a plane; read up to `count`
   * @param y ordinates
   * @param weights receives the weight of each vertex; both ends weigh Infinity
   */
  weigh(x: Float64Array, y: Float64Array, count: number, weights: Float64Array): void {
    weights[0] = Number.POSITIVE_INFINITY;
    weights[count - 1] = Number.POSITIVE_INFINITY;
    if (count < 3) return;
    this.#reserve(count);
    const area = this.#area;
    const previous = this.#previous;
    const next = this.#next;
    const triangle = (i: number) => {
      const a = previous[i] ?? 0;
      const b = next[i] ?? 0;
      const ax = x[a] ?? 0;
      const ay = y[a] ?? 0;
      return Math.abs(((x[i] ?? 0) - ax) * ((y[b] ?? 0) - ay) - ((x[b] ?? 0) - ax) * ((y[i] ?? 0) - ay)) / 2;
    };
    this.#size = 0;
    for (let i = 1; i < count - 1; i++) {
      previous[i] = i - 1;
      next[i] = i + 1;
      area[i] = triangle(i);
      this.#heap[this.#size] = i;
      this.#slot[i] = this.#size++;
      this.#up(this.#size - 1);
    }
    let least = 0;
    while (this.#size > 0) {
      const i = this.#pop();
      least = Math.max(least, area[i] ?? 0);
      weights[i] = least;
      const a = previous[i] ?? 0;
      const b = next[i] ?? 0;
      next[a] = b;
      previous[b] = a;
      for (const neighbour of [a, b]) {
        if (neighbour === 0 || neighbour === count - 1) continue;
        area[neighbour] = triangle(neighbour);
        this.#up(this.#slot[neighbour] ?? 0);
        this.#down(this.#slot[neighbour] ?? 0);
      }
    }
  }

  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    this.#capacity = Math.max(count, this.#capacity * 2, 256);
    this.#area = new Float64Array(this.#capacity);
    this.#previous = new Int32Array(this.#capacity);
    this.#next = new Int32Array(this.#capacity);
    this.#heap = new Int32Array(this.#capacity);
    this.#slot = new Int32Array(this.#capacity);
  }

  #pop(): number {
    const top = this.#heap[0] ?? 0;
    const last = this.#heap[--this.#size] ?? 0;
    if (this.#size > 0) {
      this.#put(last, 0);
      this.#down(0);
    }
    return top;
  }

  #put(item: number, slot: number): void {
    this.#heap[slot] = item;
    this.#slot[item] = slot;
  }

  #less(a: number, b: number): boolean {
    const left = this.#area[a] ?? 0;
    const right = this.#area[b] ?? 0;
    return left < right || (left === right && a < b);
  }

  #up(slot: number): void {
    const item = this.#heap[slot] ?? 0;
    let at = slot;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = this.#heap[parent] ?? 0;
      if (!this.#less(item, other)) break;
      this.#put(other, at);
      at = parent;
    }
    this.#put(item, at);
  }

  #down(slot: number): void {
    const item = this.#heap[slot] ?? 0;
    let at = slot;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#less(this.#heap[child + 1] ?? 0, this.#heap[child] ?? 0)) child++;
      const other = this.#heap[child] ?? 0;
      if (!this.#less(other, item)) break;
      this.#put(other, at);
      at = child;
    }
    this.#put(item, at);
  }
}
