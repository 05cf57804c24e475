import { memo, startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { Connection } from '@/api/types';
import { ProviderIcon } from '@/components/ProviderIcon';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { strings } from '@/strings';
import classes from './Cards.module.css';
import { ConnectionCard } from './ConnectionCard';
import { watchNearness } from './nearness';

/** What any screen shows first is drawn in the very frame in which it is known. */
const AT_ONCE = 12;

/** @param from how many cards the page has before these */
export function CardGrid({ connections, from = 0 }: { connections: readonly Connection[]; from?: number }) {
  return (
    <ul className={classes.grid}>
      {connections.map((connection, index) => <Cell key={connection.id} connection={connection} atOnce={from + index < AT_ONCE} />)}
    </ul>
  );
}

/** A card near the screen. Elsewhere its name stands in for it: thousands cost what a few screens of them do. */
const Cell = memo(function Cell({ connection, atOnce }: { connection: Connection; atOnce: boolean }) {
  const cell = useRef<HTMLLIElement>(null);
  const [{ near, height }, setPlace] = useState<{ near: boolean; height?: number }>({ near: false });
  // In slices: scrolling past many cards, or typing, never waits for all of them.
  useEffect(() => watchNearness(cell.current as HTMLLIElement, (place) => startTransition(() => setPlace(place))), []);
  const whole = atOnce || near;
  return (
    <li ref={cell} className={classes.cell} data-away={!whole || undefined} style={whole ? undefined : { minHeight: height }}>
      {whole ? <ConnectionCard connection={connection} /> : <span className={classes.away}>{connection.name}</span>}
    </li>
  );
});

/** By provider, in the order of their names. `totals` also counts what is not loaded yet. */
export function GroupedCards({ connections, totals = {} }: { connections: readonly Connection[]; totals?: Record<string, number> | undefined }) {
  const providers = useCatalog((catalog) => catalog.providers);
  const groups = useMemo(() => grouped(connections, (key) => providerName(providers, key)), [connections, providers]);
  const sections = groups.map(({ key, name, members, from }) => (
    <section key={key} className={classes.group} data-size={Math.min(members.length, 3)} aria-labelledby={`group-${key}`}>
      <h2 className={classes.groupTitle} id={`group-${key}`}>
        <ProviderIcon slug={iconOf(providers, key)} name={name} size={22} />
        {name}
        <span className={classes.count}>{strings.list.ofGroup(members.length, totals[key] ?? 0)}</span>
      </h2>
      <CardGrid connections={members} from={from} />
    </section>
  ));
  return <div className={classes.groups}>{sections}</div>;
}

const iconOf = (providers: readonly { key: string; icon?: string }[], key: string) => providers.find((one) => one.key === key)?.icon ?? key;

function grouped(connections: readonly Connection[], nameOf: (key: string) => string) {
  let from = 0;
  return [...byProvider(connections)]
    .map(([key, members]) => ({ key, name: nameOf(key), members }))
    .sort((left, right) => left.name.localeCompare(right.name))
    .map((group) => {
      const before = from;
      from += group.members.length;
      return { ...group, from: before };
    });
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
