import { connect, createServer, type Server, type Socket } from 'node:net';

/** How bytes from the server travel. */
type Manner = 'whole' | 'byte by byte';

/** A TCP proxy that misbehaves as networks do. */
export class TcpProxy {
  /** Where new connections are led; change it when the server comes back on another port. */
  target: number;
  manner: Manner = 'whole';
  connections = 0;
  private readonly server: Server;
  private readonly pairs = new Set<{ client: Socket; upstream: Socket }>();

  private constructor(target: number) {
    this.target = target;
    this.server = createServer((client) => this.lead(client));
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Resets every connection, both ways. */
  cut(): void {
    for (const { client, upstream } of this.pairs) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    this.pairs.clear();
  }

  /** Bytes stop, nobody is told: a cable pulled out. The next connections work. */
  stall(): void {
    for (const { client, upstream } of this.pairs) {
      client.unpipe(upstream);
      upstream.removeAllListeners('data');
      upstream.pause();
    }
  }

  /** The server sees the end; the client sees nothing. */
  halfOpen(): void {
    for (const { client, upstream } of this.pairs) {
      client.unpipe(upstream);
      upstream.removeAllListeners('data');
      upstream.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private lead(client: Socket): void {
    this.connections++;
    const upstream = connect(this.target, '127.0.0.1');
    const pair = { client, upstream };
    this.pairs.add(pair);
    client.setNoDelay(true);
    client.pipe(upstream);
    upstream.on('data', (data) => {
      if (this.manner === 'whole') client.write(data);
      else for (const byte of data) client.write(Uint8Array.of(byte));
    });
    client.on('error', () => {});
    upstream.on('error', () => {});
    client.on('close', () => {
      upstream.destroy();
      this.pairs.delete(pair);
    });
    upstream.on('close', () => {
      // A pulled cable or a half-open connection is not told to the client.
      if (upstream.listenerCount('data') > 0) client.destroy();
    });
  }
}
