import { ActionIcon, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import type { Values } from './fields';

interface HeaderRowsProps {
  values: Values;
  errors: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}

export function HeaderRows({ values, errors, onChange }: HeaderRowsProps) {
  const [rows, setRows] = useState([0]);
  const last = rows.at(-1) ?? 0;

  function remove(row: number) {
    onChange(`header.${row}.name`, '');
    onChange(`header.${row}.value`, '');
    setRows(rows.filter((one) => one !== row));
  }

  return (
    <Stack gap="xs" component="fieldset" bd="none" p={0} m={0}>
      <legend className="mantine-InputWrapper-label">{strings.add.headers}</legend>
      {rows.map((row) => {
        const name = values[`header.${row}.name`] ?? '';
        return (
          <Group key={row} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={strings.add.headerName} placeholder={strings.add.headerName} flex="2 1 0" miw={0} value={name} autoComplete="off"
              error={row === 0 ? errors['headers'] : undefined} onChange={(event) => onChange(`header.${row}.name`, event.currentTarget.value)}
            />
            <PasswordInput
              aria-label={strings.add.headerValue} placeholder={strings.add.headerValue} flex="3 1 0" miw={0} value={values[`header.${row}.value`] ?? ''}
              error={name ? errors[`headers.${name}`] : undefined} autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': strings.add.show(strings.add.headerValue), tabIndex: 0 }}
              onChange={(event) => onChange(`header.${row}.value`, event.currentTarget.value)}
            />
            <ActionIcon
              variant="subtle" color="gray" size={36} aria-label={strings.add.removeHeader(name)} disabled={rows.length === 1} onClick={() => remove(row)}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<Icon name="plus" size={16} />} onClick={() => setRows([...rows, last + 1])}>
        {strings.add.addHeader}
      </Button>
    </Stack>
  );
}
