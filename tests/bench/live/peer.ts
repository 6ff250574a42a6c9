/** The same server with the live streams that others would build beside its own, for comparison. */
import { createServer } from 'node:http';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { buildApp } from '../../../server/app.ts';
import { type Config, readConfig } from '../../../server/config.ts';
import { cellOfSteps, mercatorX, mercatorY, toSteps } from '../../../shared/live/cells.ts';
import type { LivePosition } from '../../../shared/schemas/position.ts';
import { UNIT_STATUSES } from '../../../shared/schemas/unit.ts';
import { ADMIN_TOKEN } from '../../support/access.ts';
import { answerCalls } from './child.ts';

/** A unit as a JSON message carries it: the same fields as our frames. */
const message = ({ unitId, lon, lat, time, heading, speed, status }: LivePosition) => ({
  id: unitId,
  lon: Number(lon.toFixed(6)),
  lat: Number(lat.toFixed(6)),
  time,
  heading,
  speed,
  status: UNIT_STATUSES[status],
});

answerCalls({
  async start({ door, env }: { door: 'json' | 'socketio'; env: Record<string, string> }) {
    const config: Config = { ...readConfig({ ...env, ADMIN_TOKEN, LOG_LEVEL: 'error' }), port: 0 };
    const app = await buildApp(config);
    const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const http = createServer();
    if (door === 'json') {
      const server = new WebSocketServer({ server: http, perMessageDeflate: false });
      app.bus.on('positions.written', (positions) => {
        for (const position of positions) {
          const text = JSON.stringify(message(position));
          for (const viewer of server.clients) viewer.send(text);
        }
      });
    } else {
      const server = new SocketIoServer(http, { transports: ['websocket'], perMessageDeflate: false });
      server.on('connection', (socket) => {
        socket.on('watch', (cells: number[], done: () => void) => {
          socket.join(cells.map((cell) => `cell:${cell}`));
          done();
        });
      });
      app.bus.on('positions.written', (positions) => {
        for (const position of positions) {
          const cell = cellOfSteps(toSteps(mercatorX(position.lon)), toSteps(mercatorY(position.lat)));
          server.to(`cell:${cell}`).emit('position', message(position));
        }
      });
    }
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const address = http.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return { url, live: `http://127.0.0.1:${port}` };
  },
});
