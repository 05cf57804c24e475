import { NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { Disclosure } from '@/components/Disclosure';
import { strings } from '@/strings';
import { SecretInput } from './CredentialFields';
import type { Values } from './fields';
import { HeaderRows } from './HeaderRows';

interface McpFieldsProps {
  values: Values;
  errors: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}

const text = strings.add.mcp;
const AUTH_TYPES = Object.entries(text.authTypes).map(([value, label]) => ({ value, label }));

export function McpFields({ values, errors, onChange }: McpFieldsProps) {
  const authType = values['auth_type'] ?? 'none';
  const secret = (name: string, label: string) => (
    <SecretInput label={label} required value={values[name] ?? ''} error={errors[name]} onChange={(value) => onChange(name, value)} />
  );
  return (
    <Stack gap="md">
      <TextInput
        label={text.url} description={text.urlHint} required type="url" value={values['server_url'] ?? ''} error={errors['server_url']} autoComplete="off"
        placeholder="https://mcp.example.com/mcp" onChange={(event) => onChange('server_url', event.currentTarget.value)}
      />
      <Select
        label={text.auth} data={AUTH_TYPES} value={authType} error={errors['auth_type']} allowDeselect={false}
        onChange={(value) => onChange('auth_type', value ?? 'none')}
      />
      {authType === 'api_key' && secret('api_key', text.apiKey)}
      {authType === 'api_key' && (
        <TextInput
          label={text.apiKeyHeader} placeholder="X-API-Key" value={values['api_key_header'] ?? ''} error={errors['api_key_header']}
          onChange={(event) => onChange('api_key_header', event.currentTarget.value)}
        />
      )}
      {authType === 'bearer' && secret('bearer_token', text.bearer)}
      {authType === 'basic' && (
        <TextInput
          label={text.username} required value={values['username'] ?? ''} error={errors['username']} autoComplete="off"
          onChange={(event) => onChange('username', event.currentTarget.value)}
        />
      )}
      {authType === 'basic' && secret('password', text.password)}
      <Disclosure label={strings.add.optional}>
        <Stack gap="md">
          <NumberInput
            label={text.timeout} placeholder="30000" min={1} max={300_000} hideControls value={values['timeout'] ? Number(values['timeout']) : ''}
            error={errors['timeout']} onChange={(value) => onChange('timeout', String(value))}
          />
          <HeaderRows values={values} errors={errors} onChange={onChange} />
        </Stack>
      </Disclosure>
    </Stack>
  );
}
