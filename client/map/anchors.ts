import type { LayerSpecification } from 'maplibre-gl';

/** The slots of the map from the lowest to the highest: whatever is added later, the order on screen stays this one. */
const SLOTS = [
  'base',
  'area-fill',
  'street',
  'area-line',
  'heat',
  'area-label',
  'place',
  'trail',
  'incident',
  'unit',
  'measure',
] as const;
export type Slot = (typeof SLOTS)[number];

/**
 * Id of the invisible layer that closes a slot, for `map.addLayer(layer, anchor('incident'))`:
 * the new layer comes above all that is in the slot already and beneath the next slot.
 */
export function anchor(slot: Slot): string {
  return `anchor-${slot}`;
}

/** Puts each slot's layers beneath its anchor, in the fixed order. */
export function inSlots(layers: Partial<Record<Slot, LayerSpecification[]>>): LayerSpecification[] {
  return SLOTS.flatMap((slot) => [
    ...(layers[slot] ?? []),
    { id: anchor(slot), type: 'background', layout: { visibility: 'none' } } satisfies LayerSpecification,
  ]);
}
