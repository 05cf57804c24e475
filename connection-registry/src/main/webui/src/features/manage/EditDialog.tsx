import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiError, messageOf } from '@/api/client';
import type { Connection, Provider } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Dialog } from '@/components/Dialog';
import { dataOf, fieldsOf, initialValues, missingIn, type Values } from '@/connection/fields';
import { CredentialFields } from '@/connection/CredentialFields';
import { signInOf } from '@/connection/signsIn';
import { violationsByField } from '@/connection/violations';
import { useCatalog } from '@/stores/catalogStore';
import { useConnectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';

export function EditDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { connection_method: method, provider: key } = connection;
  const loadEntry = useCatalog((catalog) => catalog.loadEntry);
  const open = useDialogs((dialogs) => dialogs.open);
  const [provider, setProvider] = useState<Provider | null>(null);
  const [name, setName] = useState(connection.name);
  const [replacing, setReplacing] = useState(connection.status === 'invalid' && signInOf(connection) === undefined);
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void loadEntry(key).then(setProvider), [loadEntry, key]);

  const fields = fieldsOf(method, provider);
  const settings = configOf(connection);
  const all: Values = { ...initialValues(fields), ...settings, ...values };
  const holdsGrant = signInOf(connection) !== undefined;
  // A server that held a key may want a sign-in by now.
  const wantsSignIn = !holdsGrant && replacing && method === 'mcp' && all['auth_type'] === 'oauth2';

  async function save(event: React.FormEvent) {
    event.preventDefault();
    if (wantsSignIn) {
      return;
    }
    const wrong = { ...(name.trim() ? {} : { name: strings.add.required }), ...(replacing ? missingIn(fields, all) : {}) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await useConnectionStore.getState().updateConnectionById(connection.id, {
        name: name.trim(), ...(replacing ? { data: dataOf(method, fields, all) } : {}),
      });
      tell({ tone: 'good', title: strings.notices.saved(name.trim()) });
      onClose();
      if (replacing) {
        // A refused key that was replaced is worth a test at once: its status follows.
        void useConnectionStore.getState().testConnectionById(connection.id).catch(() => undefined);
      }
    } catch (failure) {
      useConnectionStore.getState().clearError();
      setErrors(violationsByField(failure));
      setProblem(failure instanceof ApiError && failure.status === 412 ? strings.edit.conflict : messageOf(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog title={strings.edit.title(connection.name)} onClose={onClose} size={520}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <TextInput
            label={strings.edit.name} value={name} maxLength={255} required error={errors['name']} data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {holdsGrant ? (
            <Group justify="space-between" gap="sm" wrap="nowrap">
              <Text size="sm" c="dimmed">{strings.edit.signInHint}</Text>
              <Button variant="default" onClick={() => open({ kind: 'reconnect', connection })}>{strings.edit.signIn}</Button>
            </Group>
          ) : (
            <Switch
              label={strings.edit.replace} description={strings.edit.replaceHint} checked={replacing}
              onChange={(event) => setReplacing(event.currentTarget.checked)}
            />
          )}
          {replacing && !holdsGrant && (
            <CredentialFields method={method} fields={fields} values={all} errors={errors} onChange={(field, value) => setValues((old) => ({ ...old, [field]: value }))} />
          )}
          {problem && <Alert tone="bad">{problem}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{strings.cancel}</Button>
            {wantsSignIn
              ? <Button onClick={() => open({ kind: 'reconnect', connection, asMcp: true })}>{strings.add.mcp.signIn}</Button>
              : <Button type="submit" loading={busy}>{strings.edit.save}</Button>}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What is not secret is shown, so that replacing a key does not mean typing a host again. */
function configOf({ metadata, mcp_server_url: url }: Connection): Values {
  const config = (metadata['config'] ?? {}) as Record<string, unknown>;
  const texts = Object.entries(config).filter(([, value]) => typeof value !== 'object').map(([name, value]) => [name, String(value)]);
  const settings: Values = { ...Object.fromEntries(texts), ...(url ? { server_url: url } : {}) };
  // An address that hides a part is not the server's: it has to be typed again.
  return settings['server_url']?.includes('***') ? { ...settings, server_url: '' } : settings;
}
