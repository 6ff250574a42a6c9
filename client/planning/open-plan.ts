import type { EditConflict } from '../../shared/plans/edits.ts';
import { type Ground, readGround } from '../../shared/plans/ground.ts';
import { readWorkload, type WorkloadColumns } from '../../shared/plans/workload.ts';
import type {
  Plan,
  PlanBorders,
  PlanContent,
  PlanEdit,
  PlanGround,
  PlanWorkload,
  Zone,
} from '../../shared/schemas/plan.ts';
import { Draft } from './draft/draft.ts';
import { figuresOf, type Load, loadOf, type PlanFigures } from './figures.ts';
import { AreaFinder } from './paint/area-finder.ts';
import { Stroke } from './paint/stroke.ts';

/** What an open plan needs of the world; tests bring their own. */
export interface OpenPlanEnvironment {
  newId(): string;
  /** Calls back before the next frame is drawn. */
  onFrame(callback: () => void): void;
}

/**
 * The plan that is open, outside React: the draft, the ground it is painted from, the stroke that is going on, and the
 * figures, which follow at most once a frame.
 */
export class OpenPlan {
  readonly id: string;
  readonly level: Plan['level'];
  readonly draft: Draft;
  readonly answer: PlanGround;
  readonly ground: Ground;
  readonly borders: PlanBorders;
  readonly finder: AreaFinder;
  figures: PlanFigures;
  private columns: WorkloadColumns | undefined;
  private load: Load | undefined;
  private stroke: Stroke | undefined;
  private frame = false;
  private readonly environment: OpenPlanEnvironment;
  private readonly listeners = new Set<() => void>();

  constructor(plan: Plan, ground: PlanGround, borders: PlanBorders, environment: OpenPlanEnvironment) {
    this.id = plan.id;
    this.level = plan.level;
    this.answer = ground;
    this.ground = readGround(ground);
    this.borders = borders;
    this.finder = new AreaFinder(this.ground.size, borders);
    this.environment = environment;
    this.draft = new Draft(plan, environment.newId);
    this.figures = figuresOf(this.ground, plan.content, undefined);
    this.draft.subscribe(() => {
      // What others do comes in when the stroke is over: it is reckoned from how it began.
      if (!this.stroke) this.reckon();
    });
  }

  /** Calls back when there are new figures. Returns the way to stop it. */
  subscribe = (callback: () => void): (() => void) => {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  };

  getFigures = (): PlanFigures => this.figures;

  get content(): PlanContent {
    return this.draft.state.content;
  }

  /** Takes what there is in the areas. Answers whether it is of the areas that the plan is painted from. */
  takeWorkload(answer: PlanWorkload): boolean {
    const columns = readWorkload(this.ground, answer);
    if (!columns) return false;
    this.columns = columns;
    this.load = undefined;
    this.reckon();
    return true;
  }

  /** What there is in the areas, and its weight as it is now; undefined while it is not known. */
  get workload(): Load | undefined {
    return this.load;
  }

  /** Does an edit at once. Answers why not all of it, if so. */
  do(edit: PlanEdit): EditConflict | undefined {
    return edit.length > 0 ? this.draft.do(edit) : undefined;
  }

  /** Begins a stroke that paints a zone, or takes areas out of theirs (`null`). */
  beginStroke(zone: string | null): void {
    const { zones } = this.content;
    const to = zones.findIndex(({ id }) => id === zone);
    const { assignment } = figuresOf(this.ground, this.content, this.load);
    this.stroke = new Stroke(
      this.ground,
      assignment,
      zones.map(({ locked }) => locked),
      to,
    );
  }

  /** Paints areas in the stroke that is going on; figures and map follow in the next frame. */
  paint(areas: Iterable<number>): void {
    if (this.stroke && this.stroke.paint(areas).length > 0) this.later();
  }

  /** Ends the stroke as one edit. Answers what was not done, and how many areas were kept because they are locked. */
  endStroke(): { conflict: EditConflict | undefined; kept: number } {
    const { stroke } = this;
    this.stroke = undefined;
    const conflict = stroke && this.do(stroke.edit());
    this.reckon();
    return { conflict, kept: stroke?.kept.size ?? 0 };
  }

  cancelStroke(): void {
    this.stroke = undefined;
    this.reckon();
  }

  /** The zone that an area is in just now. */
  zoneAt(area: number): Zone | undefined {
    return this.figures.content.zones[this.figures.assignment.zoneOf[area] ?? -1];
  }

  /** The areas of these codes that are on the ground. */
  areasOf(codes: Iterable<string>): number[] {
    return [...codes].flatMap((code) => this.ground.indexOf.get(code) ?? []);
  }

  private later(): void {
    if (this.frame) return;
    this.frame = true;
    this.environment.onFrame(() => {
      this.frame = false;
      this.reckon();
    });
  }

  private reckon(): void {
    const { content } = this;
    if (this.columns && (!this.load || this.figures.content.weights !== content.weights))
      this.load = loadOf(this.columns, content);
    // In the middle of a stroke the zones are those that it began with.
    const zones = this.stroke ? { ...content, zones: this.figures.content.zones } : content;
    this.figures = figuresOf(this.ground, zones, this.load, this.stroke?.zoneOf.slice());
    for (const listener of this.listeners) listener();
  }
}
