import { useMemo } from 'react';
import type { Connection } from '@/api/types';
import { ProviderIcon } from '@/components/ProviderIcon';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { strings } from '@/strings';
import classes from './Cards.module.css';
import { ConnectionCard } from './ConnectionCard';

export function CardGrid({ connections }: { connections: readonly Connection[] }) {
  return (
    <ul className={classes.grid}>
      {connections.map((connection) => <li key={connection.id} className={classes.cell}><ConnectionCard connection={connection} /></li>)}
    </ul>
  );
}

/** By provider, in the order of their names. `totals` also counts what is not loaded yet. */
export function GroupedCards({ connections, totals = {} }: { connections: readonly Connection[]; totals?: Record<string, number> | undefined }) {
  const providers = useCatalog((catalog) => catalog.providers);
  const groups = useMemo(() => grouped(connections, (key) => providerName(providers, key)), [connections, providers]);
  const sections = groups.map(({ key, name, members }) => (
    <section key={key} className={classes.group} data-size={Math.min(members.length, 3)} aria-labelledby={`group-${key}`}>
      <h2 className={classes.groupTitle} id={`group-${key}`}>
        <ProviderIcon slug={iconOf(providers, key)} name={name} size={22} />
        {name}
        <span className={classes.count}>{strings.list.ofGroup(members.length, totals[key] ?? 0)}</span>
      </h2>
      <CardGrid connections={members} />
    </section>
  ));
  return <div className={classes.groups}>{sections}</div>;
}

const iconOf = (providers: readonly { key: string; icon?: string }[], key: string) => providers.find((one) => one.key === key)?.icon ?? key;

function grouped(connections: readonly Connection[], nameOf: (key: string) => string) {
  const groups = byProvider(connections);
  return [...groups]
    .map(([key, members]) => ({ key, name: nameOf(key), members }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

function byProvider(connections: readonly Connection[]): Map<string, Connection[]> {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    const members = groups.get(connection.provider);
    if (members) {
      members.push(connection);
    } else {
      groups.set(connection.provider, [connection]);
    }
  }
  return groups;
}
