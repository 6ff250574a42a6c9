/** The name of what is under the pointer, beside it. Hidden from screen readers: lists and panels tell the same. */
export class Tooltip {
  private readonly element = document.createElement('div');
  private readonly container: HTMLElement;

  constructor(container: HTMLElement) {
    this.container = container;
    this.element.className = 'map-tooltip';
    this.element.ariaHidden = 'true';
    this.element.hidden = true;
    container.append(this.element);
  }

  /** Shows a text beside a point of the map, CSS pixels; kept within the map. */
  show(text: string, { x, y }: { x: number; y: number }): void {
    if (this.element.textContent !== text) this.element.textContent = text;
    this.element.hidden = false;
    const left = Math.min(x + 14, this.container.clientWidth - this.element.offsetWidth - 8);
    const top = y + 18 + this.element.offsetHeight > this.container.clientHeight ? y - 34 : y + 18;
    this.element.style.transform = `translate(${left}px, ${top}px)`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
