import { ActionIcon, CopyButton } from '@mantine/core';
import type { Connection } from '@/api/types';
import { Tag } from '@/components/Badges';
import { Icon } from '@/components/icons';
import { Time } from '@/components/Time';
import { accountOf } from '@/connection/account';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { strings } from '@/strings';
import classes from './DetailPage.module.css';

const text = strings.detail.facts;

export function Facts({ connection }: { connection: Connection }) {
  const providers = useCatalog((catalog) => catalog.providers);
  const { metadata, mcp_server_url: server, last_used_at: used, last_tested_at: tested, expires_at: ends } = connection;
  const config = Object.entries((metadata['config'] ?? {}) as Record<string, unknown>).filter(([name]) => name !== 'server_url');
  const scopes = listOf(metadata['scopes']);
  const software = softwareOf(metadata['server_info']);
  const facts: [label: string, value: React.ReactNode][] = [
    [text.provider, providerName(providers, connection.provider)],
    [text.method, strings.methods[connection.connection_method]],
    [text.account, accountOf(connection)],
    [text.server, server && <code>{server}</code>],
    [text.serverInfo, software],
    [text.scopes, scopes.length > 0 && <span className={classes.tags}>{scopes.map((scope) => <Tag key={scope}>{scope}</Tag>)}</span>],
    ...config.map(([name, value]): [string, React.ReactNode] => [name.replaceAll('_', ' '), typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    [text.expires, ends && <Time at={ends} />],
    [text.lastUsed, used ? <Time at={used} /> : text.never],
    [text.lastTested, tested ? <Time at={tested} /> : text.never],
    [text.created, <Time key="created" at={connection.created_at} />],
    [text.updated, <Time key="updated" at={connection.updated_at} />],
    [text.id, <Copyable key="id" value={connection.id} />],
  ];
  return (
    <section className={classes.panel} aria-labelledby="facts">
      <h2 className={classes.panelTitle} id="facts">{strings.detail.overview}</h2>
      <dl className={classes.facts}>
        {facts.filter(([, value]) => value).map(([label, value]) => <Fact key={label} label={label}>{value}</Fact>)}
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return <><dt>{label}</dt><dd>{children}</dd></>;
}

function Copyable({ value }: { value: string }) {
  return (
    <span className={classes.copyable}>
      <code>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? strings.copied : strings.detail.copyId} onClick={copy}>
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : [];
}

function softwareOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { name, version, protocol_version: protocol } = value as Record<string, unknown>;
  return [[name, version].filter(Boolean).join(' '), protocol && strings.add.mcp.protocol(String(protocol))].filter(Boolean).join(' · ') || undefined;
}
