import { Skeleton } from '@mantine/core';
import type { Connection } from '@/api/types';
import { Alert } from '@/components/Alert';
import { ago, exactly } from '@/components/time';
import { strings } from '@/strings';
import classes from './Health.module.css';
import panel from './DetailPage.module.css';
import { useEvents } from './useEvents';

const TESTS = 30;
/** A test that told nothing is shorter than one that failed, and neither is told by colour alone. */
const HEIGHTS: Record<string, number> = { passed: 48, failed: 48, inconclusive: 24, untestable: 12 };

/** The last tests as bars, oldest first. */
export function Health({ connection }: { connection: Connection }) {
  const { events, problem } = useEvents(connection.id, connection.last_tested_at ?? '', 'tested', TESTS);
  const tests = (events ?? []).map((event) => ({ id: event.id, at: event.occurred_at, outcome: outcomeOf(event.details) })).reverse();
  const passed = tests.filter(({ outcome }) => outcome === 'passed').length;
  return (
    <section className={panel.panel} aria-labelledby="health">
      <h2 className={panel.panelTitle} id="health">{strings.detail.health}</h2>
      {problem && <Alert tone="bad">{problem}</Alert>}
      {events === null && !problem && <Skeleton height={72} />}
      {events !== null && tests.length === 0 && <p className={classes.text}>{strings.detail.healthNone}</p>}
      {tests.length > 0 && (
        <>
          <p className={classes.text}>{strings.detail.healthSummary(passed, tests.length)}</p>
          <ol className={classes.bars}>
            {tests.map(({ id, at, outcome }) => (
              <li key={id} className={classes.slot} title={`${label(outcome)} · ${exactly(at)}`}>
                <svg width="100%" height="48" aria-hidden="true" preserveAspectRatio="none">
                  <rect className={classes.bar} data-outcome={outcome} width="100%" height={HEIGHTS[outcome] ?? 24} y={48 - (HEIGHTS[outcome] ?? 24)} rx="3" />
                </svg>
                <span className="visually-hidden">{strings.detail.healthBar(label(outcome), ago(at))}</span>
              </li>
            ))}
          </ol>
          {connection.last_test && <p className={classes.last}>{connection.last_test.message}</p>}
        </>
      )}
    </section>
  );
}

const outcomeOf = (details: Record<string, unknown>): string => String(details['outcome'] ?? 'inconclusive');
const label = (outcome: string): string => strings.detail.outcomes[outcome] ?? outcome;
