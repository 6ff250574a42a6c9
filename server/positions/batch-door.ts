import { type BatchItem, readItem } from './batch.ts';
import type { Devices } from './devices.ts';
import type { Discards } from './discards.ts';
import type { Limits } from './limits.ts';
import type { KnownDevice, PendingFix } from './pending.ts';
import { Receiver } from './receiver.ts';
import type { PositionWriter } from './writer.ts';

const verdict = (name: string, reason?: string) => JSON.stringify({ verdict: name, reason });
const DUPLICATE = verdict('duplicate');
const STORED = verdict('stored');
const UNKNOWN = verdict('unknown_device');
const OFF_DUTY = verdict('discarded', 'off_duty');
const REJECTED = verdict('quarantined', 'rejected_by_database');

interface Doors {
  devices: Devices;
  receiver: Receiver;
  writer: PositionWriter;
  discards: Discards;
  limits: Limits;
  /** Who sends for every device, or `undefined` where each fix has its device's token. */
  gateway: string | undefined;
  /** Where the request comes from. */
  address: string;
}

/**
 * Judges each item, stores the usable ones, and settles when they are durable. Returns the JSON text
 * `{"verdicts": […]}`, in the order of the items.
 */
export async function receiveBatch(items: readonly unknown[], doors: Doors): Promise<string> {
  const { devices, receiver, writer, discards } = doors;
  const read = items.map(readItem);
  if (doors.gateway !== undefined) doors.limits.admitGateway(doors.gateway, read.length);
  const learned = await learnMissing(read, doors);
  if (doors.gateway === undefined) admitDevices(read, learned, doors);
  const delivery = Receiver.delivery();
  const { fixes, quarantined } = delivery;
  const verdicts: (string | PendingFix)[] = [];
  const offDuty: number[] = [];
  for (const item of read) {
    if ('refused' in item) {
      verdicts.push(verdict('refused', item.refused));
      continue;
    }
    const device = devices.remembered(item.device) ?? learned?.get(item.device);
    if (!device) {
      verdicts.push(UNKNOWN);
      continue;
    }
    const outcome = receiver.receive(device, item.fix, delivery);
    if (outcome === 'discarded') {
      offDuty.push(device.unitId);
      verdicts.push(OFF_DUTY);
    } else if (outcome === 'quarantined') verdicts.push(verdict('quarantined', quarantined.at(-1)?.reason));
    else verdicts.push(fixes.at(-1) ?? UNKNOWN);
  }
  if (fixes.length + quarantined.length > 0) await writer.write(delivery);
  // Last: a batch that must be sent again is counted once.
  await Promise.all(offDuty.map((unitId) => discards.add(unitId)));
  return `{"verdicts":[${verdicts.map(toJson).join()}]}`;
}

async function learnMissing(
  items: readonly BatchItem[],
  { devices, limits, gateway, address }: Doors,
): Promise<Map<string, KnownDevice> | undefined> {
  let missing: Set<string> | undefined;
  for (const item of items) {
    if ('refused' in item || devices.remembered(item.device)) continue;
    missing ??= new Set();
    missing.add(item.device);
  }
  if (!missing) return undefined;
  const strange = gateway === undefined && [...missing].some((name) => !devices.wasKnown(name));
  if (strange) limits.admitStranger(address);
  const learned = await devices.learn([...missing]);
  if (learned.size < missing.size && gateway === undefined) limits.countStranger(address);
  return learned;
}

/** Lets in what devices send under their own tokens, all of it or nothing. */
function admitDevices(
  items: readonly BatchItem[],
  learned: ReadonlyMap<string, KnownDevice> | undefined,
  { devices, limits }: Doors,
): void {
  const counts = new Map<number, number>();
  for (const item of items) {
    if ('refused' in item) continue;
    const device = devices.remembered(item.device) ?? learned?.get(item.device);
    if (device) counts.set(device.deviceId, (counts.get(device.deviceId) ?? 0) + 1);
  }
  limits.admitBatch(counts);
}

function toJson(given: string | PendingFix): string {
  if (typeof given === 'string') return given;
  if (given.outcome === 'stored') return STORED;
  return given.outcome === 'duplicate' ? DUPLICATE : REJECTED;
}
