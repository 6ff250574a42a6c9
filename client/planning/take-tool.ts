import { useView } from '../state/view.ts';
import { type PaintTool, usePlanning } from './state.ts';

/** Takes a tool in hand; the same one again, or none, gives the map back. */
export function takeTool(tool: PaintTool | undefined): void {
  const next = usePlanning.getState().tool === tool ? undefined : tool;
  usePlanning.setState({ tool: next });
  useView.getState().set({ tool: next ? 'paint' : 'select' });
}

/** Chooses the zone that is painted, with the brush in hand if no tool is. */
export function paintZone(zone: string): void {
  usePlanning.setState({ zone });
  const { tool } = usePlanning.getState();
  if (!tool || tool === 'eraser') {
    usePlanning.setState({ tool: 'brush' });
    useView.getState().set({ tool: 'paint' });
  }
}
