import '@mantine/core/styles/Combobox.layer.css';
import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useArea, useAreaSearch } from '../api/areas.ts';
import { useTexts } from '../i18n/i18n.ts';
import classes from './area-picker.module.css';

/** Finds one area by typing its name or code. */
export function AreaPicker({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange(code: string | undefined): void;
}) {
  const { t } = useTexts();
  const box = useCombobox();
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 150);
  const { data: found = [], isFetching } = useAreaSearch(query);
  const { data: area } = useArea(value);
  if (value) {
    return (
      <div className={classes.chosen}>
        <span>
          <b>{area?.name ?? value}</b> {area && t(`level.${area.level}`)}
        </span>
        <CloseButton size="lg" aria-label={t('filter.areaRemove')} onClick={() => onChange(undefined)} />
      </div>
    );
  }
  return (
    <Combobox
      store={box}
      onOptionSubmit={(code) => {
        onChange(code);
        setText('');
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={t('filter.area')}
          placeholder={t('filter.areaPlaceholder')}
          value={text}
          rightSection={isFetching ? <Loader size={16} /> : null}
          onFocus={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
            box.resetSelectedOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={query.length < 2}>
        <Combobox.Options>
          {found.map(({ code, name, level, path }) => (
            <Combobox.Option key={code} value={code}>
              <span className={classes.name}>{name}</span>
              <span className={classes.path}>{[t(`level.${level}`), ...path.slice(0, 2)].join(', ')}</span>
            </Combobox.Option>
          ))}
          {found.length === 0 && !isFetching && <Combobox.Empty>{t('app.noResult')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
