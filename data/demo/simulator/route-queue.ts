/** A binary heap of crossings by their cost, for the search of routes. */
export class RouteQueue {
  private readonly items: number[] = [];
  private readonly costs: number[] = [];

  push(item: number, cost: number): void {
    let at = this.items.length;
    this.items.push(item);
    this.costs.push(cost);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.cost(above) <= cost) break;
      this.swap(at, above);
      at = above;
    }
  }

  /** Takes out the cheapest item, or gives `undefined` when there is none. */
  pop(): number | undefined {
    const last = this.items.length - 1;
    if (last < 0) return undefined;
    this.swap(0, last);
    const item = this.items.pop();
    this.costs.pop();
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const least = this.cost(left + 1) < this.cost(left) ? left + 1 : left;
      if (this.cost(least) >= this.cost(at)) break;
      this.swap(at, least);
      at = least;
    }
    return item;
  }

  private cost(at: number): number {
    return this.costs[at] ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    for (const list of [this.items, this.costs]) {
      const [one, other] = [list[a], list[b]];
      if (one === undefined || other === undefined) return;
      list[a] = other;
      list[b] = one;
    }
  }
}
