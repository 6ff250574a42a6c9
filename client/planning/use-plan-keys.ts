import { useEffect } from 'react';
import { useOpened } from './plan-context.ts';
import { type PaintTool, usePlanning } from './state.ts';
import { paintZone, takeTool } from './take-tool.ts';
import { useTurn } from './use-turn.ts';
import { lockEdit } from './zones.ts';

const TOOLS: Record<string, PaintTool> = { b: 'brush', o: 'lasso', c: 'kecamatan', e: 'eraser' };

/**
 * Keys of the open plan: they come before those of the page that have the same names, and rest while somebody writes or a
 * dialog is open.
 */
export function usePlanKeys(): void {
  const { open, editable } = useOpened();
  const { undo, redo } = useTurn();
  useEffect(() => {
    if (!editable) return;
    const deedOf = (event: KeyboardEvent): (() => void) | undefined => {
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (event.altKey) return undefined;
        if (key === 'z') return event.shiftKey ? redo : undo;
        return key === 'y' ? redo : undefined;
      }
      if (event.altKey || event.shiftKey) return undefined;
      const zone = /^[1-9]$/.test(key) ? open.content.zones[Number(key) - 1] : undefined;
      if (zone) return () => paintZone(zone.id);
      const tool = TOOLS[key];
      if (tool) return () => takeTool(tool);
      const held = usePlanning.getState().zone;
      return key === 'l' && held ? () => void open.do(lockEdit(open.content, held)) : undefined;
    };
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      const isWriting =
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      if (isWriting || document.querySelector('[role="dialog"]')) return;
      const deed = deedOf(event);
      if (!deed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      deed();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [open, editable, undo, redo]);
}
