/** Messages between a page and its worker: the worker's API is the type of one object. */

type Methods = Record<string, (...args: never[]) => unknown>;

/** The API as its caller sees it: every answer comes later. */
export type Remote<Api extends Methods> = {
  [Name in keyof Api]: (...args: Parameters<Api[Name]>) => Promise<Awaited<ReturnType<Api[Name]>>>;
};

interface Call {
  id: number;
  name: string;
  args: never[];
}

type Answer = { id: number; value: unknown } | { id: number; error: string };

/** What a worker (or one end of a MessageChannel) has in common. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Answers calls on `port` by the methods of `api`, in the order in which they come. */
export function serve(port: Port, api: Methods): void {
  port.addEventListener('message', ({ data }: MessageEvent<Call>) => {
    try {
      const value = api[data.name]?.(...data.args);
      port.postMessage({ id: data.id, value } satisfies Answer, buffersIn([value]));
    } catch (error) {
      port.postMessage({ id: data.id, error: String(error) } satisfies Answer);
    }
  });
}

/** The API at the other end of `port`. Typed arrays among the arguments, and in columns within them, are handed over. */
export function connect<Api extends Methods>(port: Port): Remote<Api> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  port.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const promise = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) promise?.reject(new Error(data.error));
    else promise?.resolve(data.value);
  });
  const call = (name: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = calls++;
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, name, args }, buffersIn(args));
    });
  return new Proxy({} as Remote<Api>, {
    get: (_target, name) =>
      typeof name === 'string' && name !== 'then' ? (...args: unknown[]) => call(name, args) : undefined,
  });
}

/** Buffers of typed arrays among the values and in the columns within them: these are moved, not copied. */
function buffersIn(values: unknown[], depth = 2): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of values) {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    } else if (depth > 0 && value && typeof value === 'object' && !Array.isArray(value)) {
      for (const buffer of buffersIn(Object.values(value), depth - 1)) buffers.add(buffer);
    }
  }
  return [...buffers];
}
