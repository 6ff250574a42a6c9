import { ActionIcon, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../i18n/i18n.ts';
import { Icon } from './icons.tsx';

/** A text to take elsewhere: selected by a click, copied by its button, which says so. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // No clipboard without https: the text is selected, and Ctrl C takes it.
    }
  };
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      spellCheck={false}
      styles={{ input: { fontVariantNumeric: 'tabular-nums', textOverflow: 'ellipsis' } }}
      rightSectionWidth={44}
      rightSection={
        <ActionIcon
          variant="subtle"
          size={36}
          color="gray"
          aria-label={copied ? t('app.copied') : `${t('app.copy')}: ${label}`}
          title={copied ? t('app.copied') : t('app.copy')}
          onClick={copy}
        >
          <Icon name={copied ? 'check' : 'copy'} size={18} />
        </ActionIcon>
      }
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
