import police from '@mapbox/maki/icons/police.svg?raw';
import shelter from '@mapbox/maki/icons/shelter.svg?raw';
import townHall from '@mapbox/maki/icons/town-hall.svg?raw';
import commandPost from '@rapideditor/temaki/icons/army_tent.svg?raw';
import letterBox from '@rapideditor/temaki/icons/letter_box.svg?raw';
import officer from '@rapideditor/temaki/icons/police_officer.svg?raw';
import type { PlaceKind } from '../../shared/schemas/place.ts';

const PICTURES: Record<PlaceKind, string> = {
  pos_kamling: shelter,
  tps: letterBox,
  polsek: officer,
  polres: police,
  posko: commandPost,
  kantor_desa: townHall,
};

/** CSS pixels of a place's badge and of the picture in it. */
const BADGE = 22;
const PICTURE = 13;

/**
 * A rounded badge with the place's picture, for `map.addImage(…, { pixelRatio: ratio })`.
 * @param ink colour of the picture @param ground colour of the badge @param edge hairline around it
 */
export async function placeIcon(
  kind: PlaceKind,
  { ink, ground, edge }: { ink: string; ground: string; edge: string },
  ratio: number,
): Promise<ImageData> {
  const size = Math.round(BADGE * ratio);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  // Read back at once: on the graphics card that would stop everything.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  context.scale(ratio, ratio);
  context.beginPath();
  context.roundRect(1, 1, BADGE - 2, BADGE - 2, kind === 'tps' ? 3 : 6);
  context.fillStyle = ground;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.stroke();
  const picture = await loadPicture(PICTURES[kind], ink);
  context.drawImage(picture, (BADGE - PICTURE) / 2, (BADGE - PICTURE) / 2, PICTURE, PICTURE);
  return context.getImageData(0, 0, size, size);
}

function loadPicture(svg: string, ink: string): Promise<HTMLImageElement> {
  const sized = svg
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg[^>]*>/, (tag) =>
      tag.replace(/ (width|height|fill)="[^"]*"/g, '').replace('<svg', `<svg width="60" height="60" fill="${ink}"`),
    );
  return new Promise((resolve, reject) => {
    const image = new Image(60, 60);
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('A symbol could not be drawn.'));
    image.src = `data:image/svg+xml,${encodeURIComponent(sized)}`;
  });
}
