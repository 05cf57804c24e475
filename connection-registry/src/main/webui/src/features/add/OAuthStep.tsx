import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Connection } from '@/api/types';
import { CredentialFields } from '@/connection/CredentialFields';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/icons';
import { connectsAsClient, type ClientRequest } from '@/connection/asClient';
import { fieldsOf, initialValues, missingIn, type Values } from '@/connection/fields';
import { OAuthProgress } from '@/oauth/OAuthProgress';
import { useOAuth } from '@/oauth/useOAuth';
import { strings } from '@/strings';
import { ClientConnect } from './ClientConnect';
import { ProviderHeading } from './ProviderHeading';
import { useEntry } from './useEntry';

export function OAuthStep({ provider, onAdded }: { provider: string; onAdded: (connection: Connection) => void }) {
  const entry = useEntry(provider);
  const { state, begin, focus, reset } = useOAuth();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState('');
  const [typed, setTyped] = useState<Values>({});
  const [errors, setErrors] = useState<Record<string, string>>({});

  useEffect(() => {
    if (state?.kind === 'succeeded') {
      onAdded(state.connection);
    }
  }, [state, onAdded]);

  if (entry === undefined) {
    return <Skeleton height={120} />;
  }
  const fields = fieldsOf('oauth2', entry);
  const values: Values = { ...initialValues(fields), ...typed };
  const defaults = ((entry?.methods.oauth2?.['default_scopes'] as string[] | undefined) ?? []).join(', ');

  function request(): ClientRequest | null {
    const wrong = missingIn(fields, values);
    setErrors(wrong);
    const config = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    return Object.keys(wrong).length === 0 ? { name: name.trim(), scopes: scopes.trim(), config } : null;
  }

  /** In the very click: a window opened later is blocked. */
  function start() {
    const wanted = request();
    if (wanted) {
      begin(provider, { name: wanted.name, scopes: wanted.scopes, variables: wanted.config });
    }
  }

  const label = entry?.name ?? provider;
  return (
    <Stack gap="md">
      {entry && <ProviderHeading provider={entry} method={strings.add.methods.oauth2[1]} />}
      {state !== null ? (
        <OAuthProgress state={state} provider={label} onFocus={focus} onAgain={start} onCancel={reset} />
      ) : (
        <>
          <CredentialFields
            method="oauth2" fields={fields} values={values} errors={errors}
            onChange={(field, value) => { setTyped((old) => ({ ...old, [field]: value })); setErrors({}); }}
          />
          <Disclosure label={strings.add.optional}>
            <Stack gap="md">
              <TextInput label={strings.add.name} description={strings.add.nameHint} maxLength={255} value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <TextInput
                label={strings.add.scopes} description={defaults && strings.add.scopesHint(defaults)} value={scopes} autoCapitalize="none" spellCheck={false}
                onChange={(event) => setScopes(event.currentTarget.value)}
              />
            </Stack>
          </Disclosure>
          {connectsAsClient(entry) ? <ClientConnect provider={provider} label={label} request={request} onAdded={onAdded} /> : <Group justify="flex-end">
            <Button onClick={start} rightSection={<Icon name="external" size={16} />} autoFocus>{strings.add.connect(label)}</Button>
          </Group>}
        </>
      )}
    </Stack>
  );
}
