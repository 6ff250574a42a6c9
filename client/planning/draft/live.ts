import {
  CURSORS_PER_SECOND,
  PLAN_GONE,
  PLAN_SUBPROTOCOL,
  type PlanDownMessage,
  type PlanUpMessage,
} from '../../../shared/plans/live.ts';
import type { DonePlanEdit, PlanState } from '../../../shared/schemas/plan.ts';
import { browserEnvironment, type LiveEnvironment } from '../../live/environment.ts';
import { type LiveStatus, Reconnector } from '../../live/reconnector.ts';

/** A close code of the standard after which nobody comes back. */
const POLICY = 1008;

/** Another planner at this plan, and where it works. */
export interface Planner {
  who: string;
  actor: string;
  lon: number;
  lat: number;
  zone: string | null;
}

export interface PlanLiveHandler {
  /** The revision that is known here. */
  revision(): number;
  edits(edits: readonly DonePlanEdit[]): void;
  planners(planners: readonly Planner[]): void;
  /** What the plan is now, told at every connection. */
  state(state: PlanState): void;
  status(status: LiveStatus): void;
  /** What may be seen is no longer what was. */
  withdrawn(): void;
}

/** The live stream of one plan: others' edits and cursors come, one's own cursor goes. */
export class PlanLive {
  private readonly connection: Reconnector;
  private readonly environment: LiveEnvironment;
  private readonly handler: PlanLiveHandler;
  private readonly planners = new Map<string, Planner>();
  private next: PlanUpMessage | undefined;
  private callOff: (() => void) | undefined;

  constructor(id: string, handler: PlanLiveHandler, environment: LiveEnvironment = planEnvironment(id)) {
    this.handler = handler;
    this.environment = environment;
    const connect: LiveEnvironment['connect'] = (listener) =>
      environment.connect({
        ...listener,
        closed: (code) => listener.closed(code === PLAN_GONE.code ? POLICY : code),
      });
    this.connection = new Reconnector(
      { ...environment, connect },
      {
        welcome: (data) => {
          this.planners.clear();
          this.tellPlanners();
          // It may have been published while nothing was heard.
          this.hear(JSON.parse(String(data)) as PlanDownMessage);
          this.send({ type: 'hello', revision: handler.revision() });
        },
        message: (data) => this.hear(JSON.parse(String(data)) as PlanDownMessage),
        withdrawn: () => handler.withdrawn(),
      },
    );
    this.connection.subscribe((status) => {
      // Whoever is not heard of may be anywhere.
      if (status.state !== 'live' && this.planners.size > 0) {
        this.planners.clear();
        this.tellPlanners();
      }
      handler.status(status);
    });
  }

  /** Says where this planner works; of many the latest counts. */
  point(lon: number, lat: number, zone: string | null): void {
    this.next = { type: 'cursor', lon, lat, zone };
    this.callOff ??= this.environment.after(1_000 / CURSORS_PER_SECOND, () => {
      this.callOff = undefined;
      if (this.next) this.send(this.next);
      this.next = undefined;
    });
  }

  close(): void {
    this.callOff?.();
    this.connection.close();
  }

  private hear(message: PlanDownMessage): void {
    if (message.type === 'edits') this.handler.edits(message.edits);
    else if (message.type === 'state' || message.type === 'welcome') this.handler.state(message.state);
    else if (message.type === 'cursor') {
      const { who, actor, lon, lat, zone } = message;
      this.planners.set(who, { who, actor, lon, lat, zone });
      this.tellPlanners();
    } else if (message.type === 'gone' && this.planners.delete(message.who)) this.tellPlanners();
  }

  private tellPlanners(): void {
    this.handler.planners([...this.planners.values()]);
  }

  private send(message: PlanUpMessage): void {
    this.connection.send(JSON.stringify(message));
  }
}

function planEnvironment(id: string): LiveEnvironment {
  return {
    ...browserEnvironment(),
    connect(listener) {
      const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/plans/${id}/live`, PLAN_SUBPROTOCOL);
      socket.onopen = () => listener.opened();
      socket.onmessage = ({ data }: MessageEvent<string>) => listener.message(data);
      socket.onclose = ({ code }) => listener.closed(code);
      return { send: (text) => socket.send(text), close: () => socket.close() };
    },
  };
}
