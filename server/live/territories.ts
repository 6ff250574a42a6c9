import { createHash } from 'node:crypto';
import type { Scope } from '../access/scope.ts';
import { Shape } from '../access/shape.ts';
import { readShapes, type ShapePiece } from '../access/shapes.queries.ts';
import type { Db } from '../database/connection.ts';
import { type JurisdictionShapes, Territory } from './territory.ts';

/** The territories of the scopes that somebody looks through, each in memory once. */
export class Territories {
  /** How often the shapes were read again. */
  rounds = 0;
  private readonly db: Db;
  private readonly shapes = new Map<number, Promise<JurisdictionShapes>>();
  private readonly territories = new Map<string, Promise<Territory>>();
  private readonly outdated = new WeakSet<Territory>();

  constructor(db: Db) {
    this.db = db;
  }

  /** The territory of a scope; mostly the same object as long as the scope reaches as far. */
  of(scope: Scope): Promise<Territory> {
    const known = this.territories.get(scope.key);
    if (known) return known;
    const territory = this.build(scope);
    this.territories.set(scope.key, territory);
    territory.catch(() => this.territories.delete(scope.key));
    return territory;
  }

  /** Whether jurisdictions are no longer as they were when this territory was made. */
  isOutdated(territory: Territory): boolean {
    return this.outdated.has(territory);
  }

  /** Reads again the shapes that are in use, and forgets the others. */
  async refresh(inUse: ReadonlySet<Territory>): Promise<void> {
    this.rounds++;
    const users = new Map<number, Territory[]>();
    for (const territory of inUse) {
      for (const { id } of territory.jurisdictions) users.set(id, [...(users.get(id) ?? []), territory]);
    }
    for (const [key, territory] of this.territories) {
      if (!inUse.has(await territory)) this.territories.delete(key);
    }
    for (const id of this.shapes.keys()) if (!users.has(id)) this.shapes.delete(id);
    for (const [id, territories] of users) {
      const pieces = await readShapes(this.db, id);
      const hash = hashOf(pieces);
      if ((await this.shapes.get(id))?.hash !== hash) this.shapes.set(id, Promise.resolve(load(id, pieces)));
      for (const territory of territories) {
        if (territory.jurisdictions.every((shapes) => shapes.id !== id || shapes.hash === hash)) continue;
        this.outdated.add(territory);
        this.territories.delete(territory.key);
      }
    }
  }

  private async build(scope: Scope): Promise<Territory> {
    const jurisdictions = scope.everything ? [] : scope.jurisdictions.map((id) => this.shapesOf(id));
    return new Territory(scope, await Promise.all(jurisdictions));
  }

  private shapesOf(id: number): Promise<JurisdictionShapes> {
    let shapes = this.shapes.get(id);
    if (!shapes) {
      shapes = readShapes(this.db, id).then((pieces) => load(id, pieces));
      this.shapes.set(id, shapes);
      shapes.catch(() => this.shapes.delete(id));
    }
    return shapes;
  }
}

function load(id: number, pieces: readonly ShapePiece[]): JurisdictionShapes {
  const polygons = pieces.map(({ coordinates }) => coordinates);
  const drawn = pieces.filter(({ origin }) => origin === 'polygon').map(({ coordinates }) => coordinates);
  return { id, all: new Shape(polygons), drawn: new Shape(drawn), hash: hashOf(pieces) };
}

function hashOf(pieces: readonly ShapePiece[]): string {
  const hash = createHash('sha256');
  for (const text of pieces.map((piece) => JSON.stringify(piece)).sort()) hash.update(text);
  return hash.digest('base64');
}
