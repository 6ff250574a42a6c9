import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import type { EditConflict } from '../../shared/plans/edits.ts';
import type { PlanContent, PlanEdit, PlanStep } from '../../shared/schemas/plan.ts';
import { usePlanningTexts } from './words.ts';

/** Names of areas that are told one by one. */
const TOLD = 4;

/** Why an edit could not be done, in words. */
export function useConflictWords(): (conflict: EditConflict, content: PlanContent) => string {
  const { t } = usePlanningTexts();
  return useCallback(
    (conflict, content) => t(`conflict.reason.${conflict.reason}`, { zone: zoneName(content, conflict.zone, t) }),
    [t],
  );
}

/** What an edit was to do, a line for each step. @param nameOf the name of an area by its code */
export function editWords(
  edit: PlanEdit,
  content: PlanContent,
  nameOf: (code: string) => string,
  t: TFunction<'planning'>,
): string[] {
  return edit.flatMap((step) => stepWords(step, content, nameOf, t));
}

function stepWords(
  step: PlanStep,
  content: PlanContent,
  nameOf: (code: string) => string,
  t: TFunction<'planning'>,
): string[] {
  switch (step.kind) {
    case 'assign':
      return step.moves.map(({ from, to, codes }) => {
        const names = namesWords(codes.map(nameOf), t);
        if (to === null)
          return t('conflict.what.assignNone', { count: codes.length, from: zoneName(content, from, t), names });
        return t('conflict.what.assign', { count: codes.length, to: zoneName(content, to, t), names });
      });
    case 'add':
      return [t('conflict.what.add', { zone: step.zone.name })];
    case 'remove':
      return [t('conflict.what.remove', { zone: step.zone.name })];
    case 'change':
      return [t('conflict.what.change', { zone: zoneName(content, step.zone, t) })];
    case 'weights':
      return [t('conflict.what.weights')];
  }
}

/** A few names, and how many more there are. */
export function namesWords(names: readonly string[], t: TFunction<'planning'>): string {
  const more = names.length - TOLD;
  return [...names.slice(0, TOLD), ...(more > 0 ? [t('conflict.more', { count: more })] : [])].join(', ');
}

function zoneName(content: PlanContent, id: string | null | undefined, t: TFunction<'planning'>): string {
  return content.zones.find((zone) => zone.id === id)?.name ?? t('conflict.aZone');
}
