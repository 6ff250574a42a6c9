/** Tells the server, which waits for it, that the document has finished (`true`), or why there is none. */
export function tellPrinter(answer: string): void {
  document.documentElement.dataset.printReady = answer;
}
