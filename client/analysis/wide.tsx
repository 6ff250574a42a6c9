import type { ReactNode } from 'react';

/** A table that may be wider than its panel: it scrolls by itself, as its style says, and for keys too. */
export function Wide({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a control in it, only the focus lets keys scroll it.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
