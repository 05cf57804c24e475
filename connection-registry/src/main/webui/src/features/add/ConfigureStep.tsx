import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { Connection, ConnectionMethod } from '@/api/types';
import { CredentialFields } from '@/connection/CredentialFields';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import { McpSignIn } from './McpSignIn';
import { Outcome } from './Outcome';
import { ProviderHeading } from './ProviderHeading';
import { ToolsFound } from './ToolsFound';
import { useEntry } from './useEntry';
import { useDraft } from './useDraft';

interface StepProps {
  method: ConnectionMethod;
  /** Null for one that the catalogue does not have. */
  provider: string | null;
  onAdded: (connection: Connection) => void;
}

export function ConfigureStep({ method, provider, onAdded }: StepProps) {
  const entry = useEntry(provider);
  const draft = useDraft(method, provider, entry ?? null);
  const { name, slug, values, errors, fields, outcome, discovery, busy } = draft;
  const isMcp = method === 'mcp';
  const signsIn = isMcp && values['auth_type'] === 'oauth2';

  useEffect(() => {
    document.querySelector<HTMLElement>('[data-first-field]')?.focus();
  }, [entry]);

  if (entry === undefined) {
    return <Stack><Skeleton height={40} width="50%" /><Skeleton height={60} /><Skeleton height={60} /></Stack>;
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (signsIn) {
          return;
        }
        void draft.save().then((connection) => connection && onAdded(connection));
      }}
    >
      <Stack gap="md">
        {entry && <ProviderHeading provider={entry} method={strings.add.methods[method][0]} />}
        <TextInput
          label={strings.add.name} description={strings.add.nameHint} required maxLength={255} value={name} error={errors['name']} data-first-field
          onChange={(event) => draft.setName(event.currentTarget.value)}
        />
        {provider === null && (
          <TextInput
            label={strings.add.slug} description={strings.add.slugHint} required value={slug} error={errors['provider']} autoCapitalize="none" spellCheck={false}
            onChange={(event) => draft.setSlug(event.currentTarget.value)}
          />
        )}
        <CredentialFields method={method} fields={fields} values={values} errors={errors} onChange={draft.setValue} />
        {discovery && <ToolsFound discovery={discovery} />}
        <Outcome outcome={outcome} />
        {signsIn ? (
          <McpSignIn name={name} provider={slug} serverUrl={values['server_url'] ?? ''} isComplete={draft.isComplete} onAdded={onAdded} />
        ) : <Group justify="flex-end" gap="sm">
          <Button
            variant="default" loading={busy === 'test'} disabled={busy === 'save'} onClick={() => void draft.test()}
            leftSection={<Icon name={isMcp ? 'search' : 'pulse'} size={16} />}
          >
            {isMcp ? strings.add.mcp.discover : strings.add.test}
          </Button>
          <Button type="submit" loading={busy === 'save'} disabled={busy === 'test'}>{strings.add.save}</Button>
        </Group>}
      </Stack>
    </form>
  );
}
