import type { Position } from 'geojson';
import initGeos from 'geos-wasm';
import { decodePolygons, encodeMultiPolygon } from '../wkb.ts';

/** The method of make-valid that keeps the structure: shells united, holes taken out of them. */
const STRUCTURE = 1;

export interface Fault {
  reason: string;
  /** Where: [lon, lat]. */
  at: Position;
}

/**
 * GEOS in WebAssembly, for the few questions of an import. On hostile polygons it computes for minutes: call it only where
 * it can be killed.
 */
export class Geos {
  readonly #geos: Awaited<ReturnType<typeof initGeos>>;
  readonly #reader: number;
  readonly #writer: number;
  readonly #out: number;

  private constructor(geos: Awaited<ReturnType<typeof initGeos>>) {
    this.#geos = geos;
    this.#reader = geos.GEOSWKBReader_create();
    this.#writer = geos.GEOSWKBWriter_create();
    this.#out = geos.Module._malloc(8);
  }

  static async load(): Promise<Geos> {
    // What GEOS says about faults comes with its answers; its notices are for nobody.
    return new Geos(await initGeos({ errorHandler: () => {}, noticeHandler: () => {} }));
  }

  /** The first fault that makes the polygons invalid together, or `undefined` when they are valid. */
  fault(polygons: Position[][][]): Fault | undefined {
    const geometry = this.#read(polygons);
    const { Module } = this.#geos;
    try {
      if (this.#geos.GEOSisValid(geometry) === 1) return undefined;
      this.#geos.GEOSisValidDetail(geometry, 0, this.#out, this.#out + 4);
      const reason = Module.getValue(this.#out, '*');
      const place = Module.getValue(this.#out + 4, '*');
      const fault: Fault = { reason: reason ? Module.UTF8ToString(reason) : 'not valid', at: [] };
      if (reason) this.#geos.GEOSFree(reason);
      if (place) {
        fault.at = [this.#ordinate(place, 'GEOSGeomGetX'), this.#ordinate(place, 'GEOSGeomGetY')];
        this.#geos.GEOSGeom_destroy(place);
      }
      return fault;
    } finally {
      this.#geos.GEOSGeom_destroy(geometry);
    }
  }

  /** The polygons made valid; lines and points that collapse are left out. */
  repair(polygons: Position[][][]): Position[][][] {
    const params = this.#geos.GEOSMakeValidParams_create();
    this.#geos.GEOSMakeValidParams_setMethod(params, STRUCTURE);
    this.#geos.GEOSMakeValidParams_setKeepCollapsed(params, 0);
    const repaired = this.#map(polygons, (geometry) => this.#geos.GEOSMakeValidWithParams(geometry, params));
    this.#geos.GEOSMakeValidParams_destroy(params);
    return repaired;
  }

  /** The union of polygons that are valid each. */
  union(polygons: Position[][][]): Position[][][] {
    return this.#map(polygons, (geometry) => this.#geos.GEOSUnaryUnion(geometry));
  }

  #map(polygons: Position[][][], change: (geometry: number) => number): Position[][][] {
    const geometry = this.#read(polygons);
    const changed = change(geometry);
    this.#geos.GEOSGeom_destroy(geometry);
    if (!changed) return [];
    const { Module } = this.#geos;
    const written: unknown = this.#geos.GEOSWKBWriter_write(this.#writer, changed, this.#out);
    this.#geos.GEOSGeom_destroy(changed);
    if (typeof written !== 'number' || written === 0) return [];
    const wkb = Buffer.from(Module.HEAPU8.slice(written, written + Module.getValue(this.#out, 'i32')));
    this.#geos.GEOSFree(written);
    return decodePolygons(wkb);
  }

  #read(polygons: Position[][][]): number {
    const wkb = encodeMultiPolygon(polygons);
    const { Module } = this.#geos;
    const bytes = Module._malloc(wkb.length);
    Module.HEAPU8.set(wkb, bytes);
    const geometry = this.#geos.GEOSWKBReader_read(this.#reader, bytes, wkb.length);
    Module._free(bytes);
    if (!geometry) throw new Error('it cannot be read as polygons');
    return geometry;
  }

  #ordinate(point: number, read: 'GEOSGeomGetX' | 'GEOSGeomGetY'): number {
    this.#geos[read](point, this.#out);
    return this.#geos.Module.getValue(this.#out, 'double');
  }
}
