import { decodePositions } from '../../shared/live/frames.ts';

export type UnitPosition = ReturnType<typeof decodePositions>[number];

/** Opens the live stream and hands on every batch of positions. */
export function connectLive(onPositions: (positions: UnitPosition[]) => void): { close(): void } {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live`);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = (message) => onPositions(decodePositions(message.data));
  return socket;
}
