import { Button, CloseButton, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { PLAN_LEVELS, type PlanLevel } from '../../shared/schemas/plan.ts';
import { useArea, useAreasAt } from '../api/areas.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import classes from './list.module.css';
import { useDeed } from './use-deed.ts';
import { usePlanningTexts } from './words.ts';

/** Asks what a new plan is called and painted from; it begins with the city in the middle of the map. */
export function NewPlanForm({ onCancel }: { onCancel(): void }) {
  const { t } = usePlanningTexts();
  const { run, busy } = useDeed();
  // The same form that is sent twice makes one plan.
  const [id] = useState(uuidv7);
  const [title, setTitle] = useState<string>();
  const [level, setLevel] = useState<PlanLevel>('rw');
  const [chosen, setChosen] = useState<readonly string[]>();
  const [isTried, setTried] = useState(false);
  const window = useSession((session) => session.window?.bounds);
  const { data: here } = useAreasAt(window && { lon: (window[0] + window[2]) / 2, lat: (window[1] + window[3]) / 2 });
  const city = here?.find((area) => area.level === 'kabkota');
  const areas = chosen ?? (city ? [city.code] : []);
  const { data: first } = useArea(areas[0]);
  const name = title ?? (first ? t('form.titleExample', { place: first.name }) : '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || areas.length === 0) return;
    const body = { id, title: name.trim(), level, areas: [...areas] };
    run({ kind: 'create', body }, () => useView.getState().set({ plan: id }));
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('list.new')}>
      <TextInput
        label={t('form.title')}
        value={name}
        maxLength={200}
        autoFocus
        error={isTried && name.trim() === '' ? t('form.titleNeeded') : undefined}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <ToggleChips
        label={t('form.level')}
        single
        options={PLAN_LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        chosen={[level]}
        onChange={([next]) => next && setLevel(next)}
      />
      <div>
        <AreaPicker
          value={undefined}
          onChange={(code) => code && !areas.includes(code) && setChosen([...areas, code])}
        />
        <p className={classes.dim} role={isTried && areas.length === 0 ? 'alert' : undefined}>
          {isTried && areas.length === 0 ? t('form.areasNeeded') : t('form.areasHint')}
        </p>
        <ul className={classes.areas}>
          {areas.map((code) => (
            <Chosen key={code} code={code} onRemove={() => setChosen(areas.filter((each) => each !== code))} />
          ))}
        </ul>
      </div>
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          {t('form.create')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

function Chosen({ code, onRemove }: { code: string; onRemove(): void }) {
  const { t } = usePlanningTexts();
  const { t: common } = useTexts();
  const { data: area } = useArea(code);
  const name = area?.name ?? code;
  return (
    <li>
      <span>
        <b>{name}</b> {area && common(`level.${area.level}`)}
      </span>
      <CloseButton size="md" aria-label={t('form.remove', { name })} onClick={onRemove} />
    </li>
  );
}
