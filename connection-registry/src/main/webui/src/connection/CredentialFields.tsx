import { NumberInput, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import type { ConnectionMethod } from '@/api/types';
import { Disclosure } from '@/components/Disclosure';
import { strings } from '@/strings';
import type { FieldSpec, Values } from './fields';
import { HeaderRows } from './HeaderRows';
import { McpFields } from './McpFields';

export interface FieldsProps {
  method: ConnectionMethod;
  fields: readonly FieldSpec[];
  values: Values;
  errors: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}

/** The inputs of a method, as the catalogue describes them. */
export function CredentialFields({ method, fields, values, errors, onChange }: FieldsProps) {
  const major = fields.filter((field) => !field.minor || errors[field.name]);
  const minor = fields.filter((field) => !major.includes(field));
  const inputs = (some: readonly FieldSpec[]) =>
    some.map((field) => (
      <OneField key={field.name} field={field} value={values[field.name] ?? ''} error={errors[field.name]} onChange={(value) => onChange(field.name, value)} />
    ));
  return (
    <Stack gap="md">
      {method === 'mcp' && <McpFields values={values} errors={errors} onChange={onChange} />}
      {method === 'custom' && <HeaderRows values={values} errors={errors} onChange={onChange} />}
      {inputs(major)}
      {minor.length > 0 && <Disclosure label={strings.add.optional}><Stack gap="md">{inputs(minor)}</Stack></Disclosure>}
    </Stack>
  );
}

interface OneFieldProps {
  field: FieldSpec;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function OneField({ field, value, error, onChange }: OneFieldProps) {
  const { label, hint, required, secret, kind, values } = field;
  const common = { label, description: hint, required, error, name: field.name };
  if (values) {
    return <Select {...common} data={[...values]} value={value || null} onChange={(next) => onChange(next ?? '')} allowDeselect={!required} />;
  }
  if (kind === 'switch') {
    return <Switch label={label} description={hint} checked={value === 'true'} onChange={(event) => onChange(String(event.currentTarget.checked))} />;
  }
  if (kind === 'number') {
    return <NumberInput {...common} value={value === '' ? '' : Number(value)} hideControls allowDecimal={false} allowNegative={false} onChange={(next) => onChange(String(next))} />;
  }
  return secret ? <SecretInput {...common} value={value} onChange={onChange} /> : (
    <TextInput {...common} value={value} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

interface SecretProps {
  label: string;
  description?: string | undefined;
  required?: boolean;
  error?: string | undefined;
  value: string;
  name?: string;
  onChange: (value: string) => void;
}

/** Password managers are told to stay out: a key of a service is nobody's password for this page. */
export function SecretInput({ label, value, onChange, ...rest }: SecretProps) {
  return (
    <PasswordInput
      {...rest} label={label} value={value} autoComplete="new-password" spellCheck={false} data-1p-ignore data-lpignore="true"
      visibilityToggleButtonProps={{ 'aria-label': strings.add.show(label), tabIndex: 0 }} onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
