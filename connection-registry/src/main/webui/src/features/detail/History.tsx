import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '@/api/client';
import type { Connection, ConnectionEvent } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/icons';
import { Time } from '@/components/Time';
import { exportEvents } from '@/connection/exportEvents';
import { tell } from '@/stores/notices';
import { strings } from '@/strings';
import classes from './History.module.css';
import { useEvents } from './useEvents';

export function History({ connection }: { connection: Connection }) {
  const stamp = `${connection.version} ${connection.status} ${connection.last_tested_at} ${connection.last_used_at}`;
  const { events, problem, more } = useEvents(connection.id, stamp);
  const [saving, setSaving] = useState(false);

  async function save() {
    setSaving(true);
    try {
      await exportEvents(connection);
    } catch (failure) {
      tell({ tone: 'bad', title: strings.detail.export, text: messageOf(failure) });
    } finally {
      setSaving(false);
    }
  }

  return (
    <section aria-label={strings.detail.history}>
      {problem && <Alert tone="bad">{problem}</Alert>}
      {events === null && !problem && <Skeleton height={160} radius="md" />}
      {events?.length === 0 && <p className={classes.quiet}>{strings.detail.historyNone}</p>}
      {events && events.length > 0 && (
        <>
          <div className={classes.tools}>
            <Button variant="subtle" size="compact-sm" loading={saving} leftSection={<Icon name="download" size={16} />} onClick={() => void save()}>{strings.detail.export}</Button>
          </div>
          <ol className={classes.list}>
            {events.map((event) => <Entry key={event.id} event={event} />)}
          </ol>
          {more && <Button variant="default" size="sm" mt="md" onClick={() => void more()}>{strings.detail.historyMore}</Button>}
        </>
      )}
    </section>
  );
}

const GOOD = new Set(['created', 'restored', 'recovered', 'refreshed']);
const BAD = new Set(['invalid', 'expired', 'revoked', 'refresh_failed', 'deleted']);

function Entry({ event }: { event: ConnectionEvent }) {
  const tone = GOOD.has(event.type) || event.details['outcome'] === 'passed' ? 'good' : BAD.has(event.type) || event.details['outcome'] === 'failed' ? 'bad' : 'neutral';
  return (
    <li className={classes.entry} data-tone={tone}>
      <div className={classes.words}>
        <strong>{strings.detail.events[event.type] ?? event.type}</strong>
        <span className={classes.details}>{summaryOf(event)}</span>
      </div>
      <span className={classes.meta}>{strings.detail.via(event.via)} · <Time at={event.occurred_at} /></span>
    </li>
  );
}

/** Public facts only are in there; whatever is short is worth a look. */
function summaryOf({ details }: ConnectionEvent): string {
  const outcome = details['outcome'];
  const rest = Object.entries(details).filter(([name, value]) => name !== 'outcome' && typeof value !== 'object' && String(value).length < 120);
  return [typeof outcome === 'string' ? (strings.detail.outcomes[outcome] ?? outcome) : '', ...rest.map(([name, value]) => `${name.replaceAll('_', ' ')}: ${String(value)}`)]
    .filter(Boolean).join(' · ');
}
