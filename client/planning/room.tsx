import { useMay } from '../access/access.ts';
import { EmptyNote } from '../components/state-note.tsx';
import { useView } from '../state/view.ts';
import { Editor } from './editor.tsx';
import { PlanList } from './list.tsx';
import classes from './room.module.css';
import { usePlanningTexts } from './words.ts';

/** The planner's room: the list of plans, or the one that is open. */
export default function Room() {
  const { t } = usePlanningTexts();
  const allowed = useMay('plan.read');
  const id = useView((view) => view.plan);
  return (
    <section className={classes.room} aria-label={t('title')}>
      {!allowed ? (
        <EmptyNote title={t('noPermission')}>
          <p>{t('noPermissionHint')}</p>
        </EmptyNote>
      ) : id ? (
        <Editor key={id} id={id} />
      ) : (
        <PlanList />
      )}
    </section>
  );
}
