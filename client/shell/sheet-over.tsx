import { Modal } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { useAccessTexts } from '../access/words.ts';
import { LoadingNote } from '../components/state-note.tsx';
import { usePhone } from '../components/use-phone.ts';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { usePanels, type SheetOver as Which } from '../state/panels.ts';

const Account = lazyPart(() => import('../access/account.tsx'));
const MyData = lazyPart(() => import('../access/my-data.tsx'));
const BreakGlass = lazyPart(() => import('../access/break-glass.tsx'));
const Help = lazyPart(() => import('../help/help.tsx'));

/** Gives the keyboard back to where the sheet was opened from; items of menus are gone by then, and their button gets it. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const stays = opener instanceof HTMLElement && opener.isConnected && opener.tabIndex >= 0;
      const to = stays ? opener : document.querySelector<HTMLElement>('[data-account]');
      to?.focus();
    },
    [opener],
  );
}

/** A sheet over the page: the account, one's own data, break-glass access, help. */
export default function SheetOver({ which }: { which: Which }) {
  const { t } = useAccessTexts();
  const { t: words } = useTexts();
  const phone = usePhone();
  useFocusBack();
  const title = {
    account: t('account.title'),
    data: t('menu.data'),
    'break-glass': t('breakGlass.title'),
    help: t('menu.help'),
  }[which];
  return (
    <Modal
      opened
      onClose={() => usePanels.getState().set({ sheetOver: undefined })}
      title={title}
      size={which === 'help' ? 820 : 600}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': words('app.close'), size: 'lg' }}
      transitionProps={{ duration: 100 }}
      centered={which === 'break-glass'}
      styles={{ title: { fontWeight: 600 } }}
    >
      <Suspense fallback={<LoadingNote />}>
        {which === 'account' && <Account />}
        {which === 'data' && <MyData />}
        {which === 'break-glass' && <BreakGlass />}
        {which === 'help' && <Help />}
      </Suspense>
    </Modal>
  );
}
