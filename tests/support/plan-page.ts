import type { Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { AreaFinder } from '../../client/planning/paint/area-finder.ts';
import type { Plan, PlanGround } from '../../shared/schemas/plan.ts';
import { ask } from './access.ts';
import { type MapHandle, untilInPage } from './map-page.ts';
import { send } from './member.ts';

/** The city of the demonstration. */
export const CITY = '98.71';

/** The RW of the demonstration's city. */
export async function cityGround(url: string): Promise<PlanGround> {
  return (await ask(`${url}/api/plans/ground?level=rw&areas=${CITY}`)).json();
}

/** Two RW of the city that touch, and have nothing between their label points. */
export async function cityPair(url: string, ground: PlanGround): Promise<[number, number]> {
  const answer = await ask(`${url}/api/plans/borders?level=rw&areas=${CITY}`);
  const finder = new AreaFinder(ground.code.length, await answer.json());
  const at = (area: number): [number, number] => [ground.lon[area] ?? 0, ground.lat[area] ?? 0];
  for (const one of ground.code.keys()) {
    const others = ground.neighbour.slice(ground.start[one], ground.start[one + 1]);
    const other = others.find((each) => finder.along(at(one), at(each), 0).length === 2);
    if (other !== undefined) return [one, other];
  }
  throw new Error('No two RW of the city lie side by side.');
}

/** Makes a plan of the city's RW, as an administrator. */
export async function newPlan(url: string, title: string): Promise<Plan> {
  return send(`${url}/api/plans`, { id: uuidv7(), title, level: 'rw', areas: [CITY] });
}

/** A plan as the server holds it. */
export async function storedPlan(url: string, id: string): Promise<Plan> {
  return (await ask(`${url}/api/plans/${id}`)).json();
}

/** The id of the plan that is open on the page. */
export async function openedPlan(page: Page): Promise<string> {
  await page.waitForURL(/rencana=/);
  return new URL(page.url()).searchParams.get('rencana') ?? '';
}

/** Waits until the plan is drawn: its borders are a layer of the map, and the map rests. */
export async function planDrawn(page: Page): Promise<void> {
  await untilInPage(
    page,
    `globalThis.ronda?.map.getLayer('plan-borders-edge') && !ronda.map.isMoving() && ronda.map.loaded()`,
  );
}

/** Where areas of a ground are on the page, CSS pixels. */
export async function placesOf(page: Page, { lon, lat }: PlanGround, areas: readonly number[]) {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  const places = areas.map((area): [number, number] => [lon[area] ?? 0, lat[area] ?? 0]);
  const points = await page.evaluate((places) => {
    const { map } = (globalThis as unknown as { ronda: MapHandle }).ronda;
    return places.map((place) => {
      const { x, y } = map.project(place);
      return { x, y };
    });
  }, places);
  return points.map(({ x, y }) => ({ x: x + (box?.x ?? 0), y: y + (box?.y ?? 0) }));
}

/** Presses at the first point, goes through all the others, and lets go there unless told to hold. */
export async function stroke(page: Page, points: readonly { x: number; y: number }[], hold = false): Promise<void> {
  const [first, ...others] = points;
  if (!first) return;
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const { x, y } of others) await page.mouse.move(x, y, { steps: 6 });
  if (!hold) await page.mouse.up();
}
