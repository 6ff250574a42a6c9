/** How a long computation speaks with who waits for it. Both are called between its rounds, some times a second. */
export interface LongRun {
  /** Rounds done, of how many. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Whether to stop: the computation then refuses with reason `cancelled`. */
  cancelled?: (() => boolean) | undefined;
}
