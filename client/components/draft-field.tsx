import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface DraftFieldProps<T> {
  label: string;
  /** What is asked now, as it is typed. */
  value: string;
  hint?: string | undefined;
  placeholder?: string;
  /** What is wrong, and how to write it, where `parse` gives nothing. */
  error: string;
  parse(text: string): T | undefined;
  onChange(value: T): void;
}

/** A field whose text is taken when it is left or confirmed, so that nothing is computed of half a number. */
export function DraftField<T>({ label, value, hint, placeholder, error, parse, onChange }: DraftFieldProps<T>) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const parsed = parse(text);
  const take = () => {
    if (draft === undefined || parsed === undefined) return;
    setDraft(undefined);
    if (draft !== value) onChange(parsed);
  };
  return (
    <TextInput
      label={label}
      description={hint}
      placeholder={placeholder}
      value={text}
      error={parsed === undefined ? error : undefined}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setDraft(undefined);
      }}
    />
  );
}
