import { Button } from '@mantine/core';
import { memo } from 'react';
import type { Connection } from '@/api/types';
import { MethodBadge, StatusBadge, Tag } from '@/components/Badges';
import { ProviderIcon } from '@/components/ProviderIcon';
import { Time } from '@/components/Time';
import { ActionsMenu } from '@/connection/ActionsMenu';
import { accountOf } from '@/connection/account';
import { trouble } from '@/connection/trouble';
import { useActions } from '@/connection/useActions';
import { signInOf } from '@/connection/signsIn';
import { isPlainClick, navigate } from '@/router';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { useConnectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { strings } from '@/strings';
import classes from './ConnectionCard.module.css';

interface CardProps {
  connection: Connection;
  /** Picker mode: the card is chosen instead of opened, and offers no other action. */
  onSelect?: (connection: Connection) => void;
}

export const ConnectionCard = memo(function ConnectionCard({ connection, onSelect }: CardProps) {
  const providers = useCatalog((catalog) => catalog.providers);
  const name = providerName(providers, connection.provider);
  const icon = providers.find((one) => one.key === connection.provider)?.icon ?? connection.provider;
  const account = accountOf(connection);
  const { busy } = useActions(connection);
  return (
    <article className={classes.card} aria-label={connection.name} aria-busy={busy !== null} data-selectable={onSelect !== undefined || undefined}>
      <div className={classes.head}>
        <ProviderIcon slug={icon} name={name} />
        <div className={classes.names}>
          <h3 className={classes.name}><CardLink connection={connection} onSelect={onSelect} /></h3>
          <p className={classes.provider}>{account ? `${name} · ${account}` : name}</p>
        </div>
        {!onSelect && <CardActions connection={connection} />}
      </div>
      <div className={classes.badges}>
        <StatusBadge status={connection.status} />
        <MethodBadge method={connection.connection_method} />
        {connection.connection_method === 'mcp' && <Tag>{strings.card.tools(connection.mcp_tool_count ?? 0)}</Tag>}
      </div>
      {connection.mcp_server_url && <p className={classes.url} title={connection.mcp_server_url}>{connection.mcp_server_url}</p>}
      <Trouble connection={connection} quiet={onSelect !== undefined} />
      <p className={classes.times}>
        {connection.last_used_at ? <Time at={connection.last_used_at} text={strings.card.lastUsed} /> : strings.card.neverUsed}
        <span aria-hidden="true"> · </span>
        {connection.last_tested_at ? <Time at={connection.last_tested_at} text={strings.card.lastTested} /> : strings.card.neverTested}
      </p>
    </article>
  );
});

function CardLink({ connection: { id, name }, connection, onSelect }: { connection: Connection; onSelect: CardProps['onSelect'] | undefined }) {
  if (onSelect) {
    return <button type="button" className={classes.link} aria-label={strings.card.select(name)} onClick={() => onSelect(connection)}>{name}</button>;
  }
  const href = `/connections/${id}`;
  return (
    <a className={classes.link} href={href} onClick={(event) => { if (isPlainClick(event)) { event.preventDefault(); navigate(href); } }}>
      {name}
    </a>
  );
}

/** What is wrong with it, and the one click that may mend it. */
function Trouble({ connection, quiet }: { connection: Connection; quiet: boolean }) {
  const open = useDialogs((dialogs) => dialogs.open);
  const expiring = useConnectionStore((store) => store.expiring.has(connection.id));
  const what = trouble(connection, expiring);
  if (!what) {
    return null;
  }
  const isOAuth = signInOf(connection) !== undefined;
  return (
    <div className={classes.trouble} data-tone={what.tone}>
      <span className={classes.troubleText}>{what.text}</span>
      {!quiet && (
        <Button
          size="compact-xs" variant="default"
          onClick={() => open(isOAuth ? { kind: 'reconnect', connection } : { kind: 'edit', connection })}
        >
          {isOAuth ? strings.card.reconnect : strings.card.edit}
        </Button>
      )}
    </div>
  );
}

function CardActions({ connection }: { connection: Connection }) {
  const { busy, test } = useActions(connection);
  return (
    <div className={classes.actions}>
      <Button
        size="compact-sm" variant="default" loading={busy === 'test'} disabled={busy === 'refresh'} onClick={() => void test()}
        aria-label={`${strings.card.test} ${connection.name}`}
      >
        {strings.card.test}
      </Button>
      <ActionsMenu connection={connection} variant="subtle" />
    </div>
  );
}
