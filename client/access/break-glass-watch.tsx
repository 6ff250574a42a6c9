import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Grant } from '../../shared/schemas/access.ts';
import { useBreakGlassGrants } from '../api/admin.ts';
import { useNow } from '../components/use-now.ts';
import { useTexts } from '../i18n/i18n.ts';
import { hush, notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { useView } from '../state/view.ts';
import { clock } from '../time.ts';
import { useAccess } from './access.ts';
import { useBreakGlassTexts } from './break-glass-words.ts';
import { openBreakGlass } from './open-break-glass.ts';

/** Tells whoever commands here of everybody who took break-glass access, until it is over or the notice is put away. */
export default function BreakGlassWatch() {
  const { data } = useBreakGlassGrants();
  const own = useAccess((access) => access.me?.account?.id);
  const now = useNow(5_000);
  const shown = useRef(new Set<number>());
  const told = useRef(new Set<number>());
  const { t } = useBreakGlassTexts();
  const { language } = useTexts();
  const zone = useZone();
  const open = data ? openBreakGlass(data, own, now) : [];
  useEffect(() => {
    for (const grant of open) {
      if (told.current.has(grant.id)) continue;
      told.current.add(grant.id);
      shown.current.add(grant.id);
      notify({
        id: toastOf(grant.id),
        color: 'yellow',
        autoClose: false,
        title: t('opened', { place: grant.jurisdiction.name }),
        message: <Told grant={grant} until={`${clock(Date.parse(grant.validTo ?? ''), zone, language)} ${zone}`} />,
      });
    }
    for (const id of shown.current) {
      if (open.some((grant) => grant.id === id)) continue;
      shown.current.delete(id);
      hush(toastOf(id));
    }
  });
  useEffect(() => {
    const all = shown.current;
    return () => {
      for (const id of all) hush(toastOf(id));
    };
  }, []);
  return null;
}

const toastOf = (id: number) => `break-glass-${id}`;

function Told({ grant, until }: { grant: Grant; until: string }) {
  const { t } = useBreakGlassTexts();
  return (
    <>
      <div>{t('who', { name: grant.displayName, time: until })}</div>
      <div style={{ overflowWrap: 'anywhere' }}>{t('reason', { reason: grant.reason })}</div>
      <Button
        size="xs"
        variant="default"
        mt={8}
        onClick={() => {
          hush(toastOf(grant.id));
          useView.getState().set({ admin: 'break-glass' });
        }}
      >
        {t('list')}
      </Button>
    </>
  );
}
