import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './admin.module.css';
import { useAdminTexts } from './words.ts';

interface ConfirmProps {
  label: string;
  /** Names what it is about. */
  title: string;
  hint: string;
  confirmLabel: string;
  size?: 'xs' | 'sm';
  busy: boolean;
  onConfirm(): void;
}

/** A button for what cannot be undone: it first says what will happen, by name. */
export function Confirm({ label, title, hint, confirmLabel, size = 'sm', busy, onConfirm }: ConfirmProps) {
  const { t } = useAdminTexts();
  const [open, setOpen] = useState<boolean>();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whoever thought better of it goes on where they were.
    if (open === false) button.current?.focus();
  }, [open]);
  if (!open) {
    return (
      <Button ref={button} size={size} variant="default" loading={busy} onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  }
  return (
    <section className={classes.confirm} aria-label={title}>
      <b>{title}</b>
      <p className={classes.dim}>{hint}</p>
      <div className={classes.actions} style={{ marginTop: 8 }}>
        <Button
          size="xs"
          loading={busy}
          autoFocus
          onClick={() => {
            onConfirm();
            setOpen(false);
          }}
        >
          {confirmLabel}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </section>
  );
}
