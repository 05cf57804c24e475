import { Button, Skeleton, Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiError, messageOf } from '@/api/client';
import type { Connection } from '@/api/types';
import { Alert } from '@/components/Alert';
import { MethodBadge, StatusBadge } from '@/components/Badges';
import { Icon } from '@/components/icons';
import { ProviderIcon } from '@/components/ProviderIcon';
import { ActionsMenu } from '@/connection/ActionsMenu';
import { accountOf } from '@/connection/account';
import { trouble } from '@/connection/trouble';
import { useActions } from '@/connection/useActions';
import { signInOf } from '@/connection/signsIn';
import { useReturnedFlow } from '@/oauth/returnedFlow';
import { isPlainClick, navigate, usePlace } from '@/router';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { useConnectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { strings } from '@/strings';
import classes from './DetailPage.module.css';
import { Facts } from './Facts';
import { Health } from './Health';
import { History } from './History';
import { Tools } from './Tools';

export function DetailPage({ id }: { id: string }) {
  const { connection, problem } = useConnection(id);
  useReturnedFlow(usePlace(), true);
  if (problem) {
    const missing = problem instanceof ApiError && problem.status === 404;
    return (
      <>
        <BackLink />
        <Alert tone={missing ? 'neutral' : 'bad'} title={missing ? strings.detail.missing : strings.errors.title}>
          {missing ? strings.detail.missingText : messageOf(problem)}
        </Alert>
      </>
    );
  }
  return (
    <>
      <BackLink />
      {connection ? <Content connection={connection} /> : <Loading />}
    </>
  );
}

function Content({ connection }: { connection: Connection }) {
  const isMcp = connection.connection_method === 'mcp';
  return (
    <>
      <Heading connection={connection} />
      <Warning connection={connection} />
      <Tabs defaultValue={isMcp ? 'tools' : 'overview'} keepMounted={false} className={classes.tabs}>
        <Tabs.List>
          {isMcp && <Tabs.Tab value="tools">{strings.detail.tools}</Tabs.Tab>}
          <Tabs.Tab value="overview">{strings.detail.overview}</Tabs.Tab>
          <Tabs.Tab value="history">{strings.detail.history}</Tabs.Tab>
        </Tabs.List>
        {isMcp && <Tabs.Panel value="tools"><Tools connection={connection} /></Tabs.Panel>}
        <Tabs.Panel value="overview"><div className={classes.columns}><Facts connection={connection} /><Health connection={connection} /></div></Tabs.Panel>
        <Tabs.Panel value="history"><History connection={connection} /></Tabs.Panel>
      </Tabs>
    </>
  );
}

/** What the list has is shown at once; the whole, with tools, follows. Actions elsewhere change the list's, and so this. */
function useConnection(id: string) {
  const listed = useConnectionStore((store) => store.connections.find((one) => one.id === id));
  const fetchConnection = useConnectionStore((store) => store.fetchConnection);
  const loadCatalog = useCatalog((catalog) => catalog.load);
  const [whole, setWhole] = useState<Connection | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const stamp = `${listed?.version} ${listed?.status} ${listed?.last_tested_at}`;

  useEffect(() => {
    let current = true;
    fetchConnection(id).then((found) => current && setWhole(found), (failure: unknown) => current && setProblem(failure));
    return () => {
      current = false;
    };
  }, [id, stamp, fetchConnection]);
  useEffect(() => void loadCatalog(), [loadCatalog]);
  useEffect(() => {
    if (whole) {
      document.title = `${whole.name} · ${strings.product}`;
    }
  }, [whole]);

  const connection = whole && listed ? { ...whole, ...listed, mcp_tools: listed.mcp_tools ?? whole.mcp_tools ?? [] } : (whole ?? listed ?? null);
  return { connection, problem };
}

function BackLink() {
  return (
    <a
      className={classes.back} href="/connections"
      onClick={(event) => { if (isPlainClick(event)) { event.preventDefault(); navigate('/connections'); } }}
    >
      <Icon name="arrowLeft" size={16} />{strings.detail.back}
    </a>
  );
}

function Heading({ connection }: { connection: Connection }) {
  const providers = useCatalog((catalog) => catalog.providers);
  const { busy, test, refreshTools } = useActions(connection);
  const provider = providerName(providers, connection.provider);
  const account = accountOf(connection);
  const isMcp = connection.connection_method === 'mcp';
  return (
    <div className={classes.heading}>
      <ProviderIcon slug={providers.find((one) => one.key === connection.provider)?.icon ?? connection.provider} name={provider} size={56} />
      <div className={classes.names}>
        <h1 className={classes.title}>{connection.name}</h1>
        <p className={classes.subtitle}>
          {account ? `${provider} · ${account}` : provider}
          <StatusBadge status={connection.status} /><MethodBadge method={connection.connection_method} />
        </p>
      </div>
      <div className={classes.actions}>
        {isMcp && <Button variant="default" loading={busy === 'refresh'} onClick={() => void refreshTools()}>{strings.card.refreshTools}</Button>}
        <Button variant={isMcp ? 'default' : 'filled'} loading={busy === 'test'} onClick={() => void test()}>{strings.card.test}</Button>
        <ActionsMenu connection={connection} variant="default" />
      </div>
    </div>
  );
}

function Warning({ connection }: { connection: Connection }) {
  const open = useDialogs((dialogs) => dialogs.open);
  const expiring = useConnectionStore((store) => store.expiring.has(connection.id));
  const what = trouble(connection, expiring);
  if (!what) {
    return null;
  }
  const isOAuth = signInOf(connection) !== undefined;
  return (
    <div className={classes.warning}>
      <Alert
        tone={what.tone} title={strings.statuses[connection.status]}
        action={(
          <Button size="compact-sm" variant="default" onClick={() => open(isOAuth ? { kind: 'reconnect', connection } : { kind: 'edit', connection })}>
            {isOAuth ? strings.card.reconnect : strings.card.edit}
          </Button>
        )}
      >
        {what.text}
      </Alert>
    </div>
  );
}

const Loading = () => <div role="status" aria-label={strings.loading}><Skeleton height={56} width="40%" mb={32} /><Skeleton height={240} radius="md" /></div>;
