import { Modal } from '@mantine/core';
import { useMay } from '../access/access.ts';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
import classes from './shortcuts.module.css';

/** The sheet of keys. */
export default function Shortcuts() {
  const { t } = useTexts();
  const open = usePanels((panels) => panels.shortcuts);
  const mayLog = useMay('incident.write');
  const keys: [string[], string][] = [
    [['/', 'Ctrl K'], t('keys.search')],
    ...(mayLog ? [[['N'], t('keys.new')] satisfies [string[], string]] : []),
    [['F'], t('keys.filters')],
    [['L'], t('keys.legend')],
    [['M'], t('keys.measure')],
    [['W'], t('keys.wall')],
    [['T'], t('keys.theme')],
    [['J', '↓'], t('keys.next')],
    [['K', '↑'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    [['1', '2', '3'], t('keys.rooms')],
    [['← ↑ ↓ →', '+', '−'], t('keys.map')],
    [['Esc'], t('keys.escape')],
    [['?'], t('keys.help')],
  ];
  return (
    <Modal
      opened={open}
      onClose={() => usePanels.getState().set({ shortcuts: false })}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
      transitionProps={{ duration: 100 }}
      centered
    >
      <dl className={classes.keys}>
        {keys.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
