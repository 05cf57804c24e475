import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/icons';
import { usePlace } from '@/router';
import { useCatalog } from '@/stores/catalogStore';
import { useConnectionStore } from '@/stores/connectionStore';
import { useDialogs } from '@/stores/dialogs';
import { strings } from '@/strings';
import { CardGrid, GroupedCards } from './Cards';
import classes from './ConnectionsPage.module.css';
import { EmptyState, NoMatch } from './EmptyState';
import { Filters } from './Filters';
import { CardSkeletons } from './Skeletons';
import { StatsFooter } from './StatsFooter';
import { useDeepLinks } from './useDeepLinks';
import { searched, useView } from './view';

export function ConnectionsPage() {
  const { connections, known, loading, error, nextCursor, loadingMore, params, stats, fetchConnections, fetchMore, fetchStats, clearError } =
    useConnectionStore();
  const loadCatalog = useCatalog((catalog) => catalog.load);
  const open = useDialogs((dialogs) => dialogs.open);
  const { view, isFiltered, query, change } = useView();
  useDeepLinks(usePlace());

  useEffect(() => {
    document.title = strings.list.title;
    void loadCatalog();
    void fetchStats();
  }, [loadCatalog, fetchStats]);
  useEffect(() => void fetchConnections(query), [fetchConnections, query]);

  // Until the answer to what was typed is there, what is here already is searched: nobody waits for the first letters.
  const answered = params === query;
  const shown = useMemo(() => (answered ? connections : searched(known, view)), [answered, connections, known, view]);
  const waiting = loading && shown.length === 0;
  const nothing = !loading && answered && shown.length === 0 && !error;

  return (
    <>
      <div className={classes.heading}>
        <div>
          <h1 className={classes.title}>{strings.list.title}</h1>
          <p className={classes.lead}>{strings.list.lead}</p>
        </div>
        <Button leftSection={<Icon name="plus" />} onClick={() => open({ kind: 'add' })}>{strings.list.add}</Button>
      </div>
      <Filters view={view} change={change} />
      {error && (
        <div className={classes.error}>
          <Alert
            tone="bad" title={strings.errors.title} onDismiss={clearError}
            action={<Button size="compact-sm" variant="default" onClick={() => void fetchConnections(query)}>{strings.retry}</Button>}
          >
            {error}
          </Alert>
        </div>
      )}
      <p className="visually-hidden" role="status">{answered && !loading ? strings.list.results(shown.length, nextCursor !== null) : ''}</p>
      <div aria-busy={loading}>
        {waiting && <CardSkeletons />}
        {nothing && (isFiltered ? <NoMatch onClear={() => change(null)} /> : <EmptyState />)}
        {shown.length > 0 && (isFiltered ? <CardGrid connections={shown} /> : <GroupedCards connections={shown} totals={stats?.by_provider} />)}
      </div>
      {nextCursor !== null && answered && (
        <div className={classes.more}>
          <Button variant="default" loading={loadingMore} onClick={() => void fetchMore()}>{strings.list.more}</Button>
        </div>
      )}
      <StatsFooter stats={stats} />
    </>
  );
}
