import { CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { METHODS, STATUSES, type ConnectionMethod, type ConnectionStatus } from '@/api/types';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import classes from './Filters.module.css';
import type { View } from './view';

const METHOD_OPTIONS = [
  { value: 'all', label: strings.methodFilters.all },
  ...METHODS.map((method) => ({ value: method, label: strings.methodFilters[method] })),
];
const STATUS_OPTIONS = STATUSES.map((status) => ({ value: status, label: strings.statuses[status] }));

export function Filters({ view, change }: { view: View; change: (part: Partial<View>) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => focusOnSlash(input), []);
  return (
    <div className={classes.filters} role="search">
      <TextInput
        ref={input} className={classes.search} type="search" value={view.q} placeholder={strings.list.search} aria-label={strings.list.search}
        leftSection={<Icon name="search" />} onChange={(event) => change({ q: event.currentTarget.value })}
        rightSection={view.q && <CloseButton size="sm" aria-label={strings.list.clearSearch} onClick={() => { change({ q: '' }); input.current?.focus(); }} />}
      />
      <div className={classes.methods}>
        <SegmentedControl
          aria-label={strings.list.method} data={METHOD_OPTIONS} value={view.method ?? 'all'} withItemsBorders={false}
          onChange={(value) => change({ method: value === 'all' ? null : (value as ConnectionMethod) })}
        />
      </div>
      <Select
        className={classes.status} aria-label={strings.statusFilter.label} placeholder={strings.statusFilter.all} data={STATUS_OPTIONS}
        value={view.status} clearable clearButtonProps={{ 'aria-label': strings.statusFilter.all }} comboboxProps={{ radius: 'md' }}
        onChange={(value) => change({ status: value as ConnectionStatus | null })}
      />
    </div>
  );
}

/** A slash outside of any field leads to the search, as on many pages. */
function focusOnSlash(input: React.RefObject<HTMLInputElement | null>): () => void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key === '/' && !target.closest('input, textarea, select, [contenteditable], [role="dialog"]')) {
      event.preventDefault();
      input.current?.focus();
    }
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
