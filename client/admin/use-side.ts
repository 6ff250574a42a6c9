import { type RefObject, useEffect, useRef, useState } from 'react';

interface Side<Which> {
  /** What stands in the side panel. */
  open: Which | undefined;
  show(which: Which | undefined): void;
  /** Of the side panel's element, which takes focus where nothing in it does. */
  side: RefObject<HTMLElement | null>;
}

/** A panel beside a list: the keyboard goes into it as it opens, and back to where it was opened from as it closes. */
export function useSide<Which>(): Side<Which> {
  const [open, setOpen] = useState<Which>();
  const side = useRef<HTMLElement>(null);
  const opener = useRef<Element>(null);
  const isOpen = open !== undefined;
  useEffect(() => {
    if (isOpen && !side.current?.contains(document.activeElement)) side.current?.focus();
    if (!isOpen && opener.current instanceof HTMLElement) opener.current.focus();
  }, [isOpen]);
  const show = (which: Which | undefined) => {
    if (!isOpen) opener.current = document.activeElement;
    setOpen(which);
  };
  return { open, show, side };
}
