import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, EMPTY_PLAN, inverseOf, zoneByCode } from '../../../../shared/plans/edits.ts';
import type { PlanContent, PlanEdit, Zone } from '../../../../shared/schemas/plan.ts';

const A = '01920000-0000-7000-8000-00000000000a';
const B = '01920000-0000-7000-8000-00000000000b';
const C = '01920000-0000-7000-8000-00000000000c';

const zone = (id: string, codes: string[], locked = false): Zone => ({
  id,
  name: `Zona ${id.at(-1)}`,
  colour: 0,
  locked,
  codes,
});
const plan = (...zones: Zone[]): PlanContent => ({ ...EMPTY_PLAN, zones });

const CODES = ['98.01.01.1001', '98.01.01.1002', '98.01.01.1003', '98.01.01.1004', '98.01.01.1005'];
/** Zones A, B and C that share five areas among them and nobody; some are locked. */
const plans = fc
  .tuple(fc.array(fc.constantFrom(A, B, C, null), { minLength: 5, maxLength: 5 }), fc.subarray([A, B, C]))
  .map(([owners, locked]) =>
    plan(
      ...[A, B, C].map((id) =>
        zone(
          id,
          CODES.filter((_, i) => owners[i] === id),
          locked.includes(id),
        ),
      ),
    ),
  );
/** Steps as pages would send them for a plan, and some that no longer fit it. */
const edits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('assign' as const),
      moves: fc.array(
        fc.record({
          from: fc.constantFrom(A, B, C, null),
          to: fc.constantFrom(A, B, C, null),
          codes: fc.subarray(CODES, { minLength: 1 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    fc.record({
      kind: fc.constant('change' as const),
      zone: fc.constantFrom(A, B, C),
      before: fc.record({ locked: fc.boolean() }),
      after: fc.record({ locked: fc.boolean() }),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe('edits of a plan', () => {
  it('moves areas between zones, in the order of their codes', () => {
    const before = plan(zone(A, ['98.01.01.1001', '98.01.01.1003']), zone(B, ['98.01.01.1002']));
    const moves = [{ from: A, to: B, codes: ['98.01.01.1003', '98.01.01.1001'] }];
    const done = applyEdit(before, [{ kind: 'assign', moves }]);
    expect(done).toMatchObject({
      ok: true,
      content: { zones: [{ codes: [] }, { codes: ['98.01.01.1001', '98.01.01.1002', '98.01.01.1003'] }] },
    });
    expect(before.zones[0]?.codes).toHaveLength(2);
  });

  it('refuses what another has moved meanwhile, and names it', () => {
    const moves = [{ from: A, to: B, codes: ['98.01.01.1001', '98.01.01.1002'] }];
    const content = plan(zone(A, ['98.01.01.1001']), zone(B, []), zone(C, ['98.01.01.1002']));
    expect(applyEdit(content, [{ kind: 'assign', moves }])).toEqual({
      ok: false,
      conflict: { reason: 'areas-moved', zone: A, codes: ['98.01.01.1002'] },
    });
  });

  it('lets nothing into or out of a locked zone', () => {
    const content = plan(zone(A, ['98.01.01.1001'], true), zone(B, ['98.01.01.1002']));
    for (const [from, to, code] of [
      [A, B, '98.01.01.1001'],
      [B, A, '98.01.01.1002'],
    ] as const)
      expect(applyEdit(content, [{ kind: 'assign', moves: [{ from, to, codes: [code] }] }])).toEqual({
        ok: false,
        conflict: { reason: 'zone-locked', zone: A },
      });
    expect(applyEdit(content, [{ kind: 'remove', zone: zone(A, ['98.01.01.1001'], true), at: 0 }])).toMatchObject({
      conflict: { reason: 'zone-locked' },
    });
  });

  it('does not remove a zone that somebody painted into', () => {
    const edit: PlanEdit = [{ kind: 'remove', zone: zone(A, []), at: 0 }];
    expect(applyEdit(plan(zone(A, ['98.01.01.1001'])), edit)).toMatchObject({ conflict: { reason: 'zone-changed' } });
    expect(applyEdit(plan(), edit)).toMatchObject({ conflict: { reason: 'zone-gone' } });
  });

  it('does all steps of an edit or none', () => {
    const edit: PlanEdit = [
      { kind: 'add', zone: zone(B, ['98.01.01.1002']), at: 1 },
      { kind: 'assign', moves: [{ from: C, to: B, codes: ['98.01.01.1003'] }] },
    ];
    const before = plan(zone(A, ['98.01.01.1001']));
    expect(applyEdit(before, edit)).toEqual({ ok: false, conflict: { reason: 'zone-gone', zone: C } });
    expect(before.zones).toHaveLength(1);
  });

  it('reads the areas of a plan once, however many steps it has', () => {
    let reads = 0;
    const counted = {
      ...zone(A, []),
      get codes() {
        reads++;
        return ['98.01.01.1001'];
      },
    };
    const step = (from: string | null, to: string | null): PlanEdit[number] => ({
      kind: 'assign',
      moves: [{ from, to, codes: ['98.01.01.1002'] }],
    });
    const edit = Array.from({ length: 100 }, (_, at) => [step(at > 0 ? C : null, B), step(B, C)]).flat();
    expect(applyEdit(plan(counted, zone(B, []), zone(C, [])), edit)).toMatchObject({
      ok: true,
      content: { zones: [{ id: A }, { codes: [] }, { codes: ['98.01.01.1002'] }] },
    });
    // Once more by the comparison above.
    expect(reads).toBeLessThanOrEqual(2);
  });

  it('may move areas into a zone and remove or add it in the steps that follow', () => {
    const full = zone(B, ['98.01.01.1001', '98.01.01.1002']);
    const edit: PlanEdit = [
      { kind: 'assign', moves: [{ from: A, to: B, codes: ['98.01.01.1001'] }] },
      { kind: 'remove', zone: full, at: 1 },
      { kind: 'add', zone: zone(C, ['98.01.01.1001']), at: 0 },
      { kind: 'add', zone: zone(B, ['98.01.01.1002']), at: 2 },
      { kind: 'assign', moves: [{ from: B, to: A, codes: ['98.01.01.1002'] }] },
    ];
    const before = plan(zone(A, ['98.01.01.1001']), zone(B, ['98.01.01.1002']));
    const done = applyEdit(before, edit);
    expect(done).toMatchObject({
      content: { zones: [zone(C, ['98.01.01.1001']), zone(A, ['98.01.01.1002']), zone(B, [])] },
    });
    expect(done.ok && applyEdit(done.content, inverseOf(edit))).toEqual({ ok: true, content: before });
    expect(applyEdit(before, [...edit, { kind: 'remove', zone: full, at: 0 }])).toMatchObject({
      conflict: { reason: 'zone-changed' },
    });
  });

  it('is taken back by its inverse, whatever it did', () => {
    fc.assert(
      fc.property(plans, edits, (before, edit) => {
        const done = applyEdit(before, edit);
        if (!done.ok) return;
        expect(applyEdit(done.content, inverseOf(edit))).toEqual({ ok: true, content: before });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never puts an area into two zones', () => {
    fc.assert(
      fc.property(plans, edits, (before, edit) => {
        const done = applyEdit(before, edit);
        if (!done.ok) return;
        const held = done.content.zones.flatMap(({ codes }) => codes);
        expect(held).toHaveLength(zoneByCode(done.content).size);
      }),
    );
  });

  it('gives the same plan in either order where two edits fit one after the other and one by itself', () => {
    fc.assert(
      fc.property(plans, edits, edits, (before, mine, theirs) => {
        const [one, other] = [applyEdit(before, mine), applyEdit(before, theirs)];
        if (!one.ok || !other.ok) return;
        const [first, second] = [applyEdit(one.content, theirs), applyEdit(other.content, mine)];
        if (first.ok && second.ok) expect(first.content).toEqual(second.content);
      }),
      { numRuns: 2_000 },
    );
  });
});
