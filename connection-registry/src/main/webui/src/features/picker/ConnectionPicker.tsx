import { useEffect, useId, useState } from 'react';
import { answer, api, ApiError, messageOf } from '@/api/client';
import type { Connection, ConnectionMethod } from '@/api/types';
import { MethodBadge, Tag } from '@/components/Badges';
import { everyPage, isOffered, listQuery, warningOf } from '@/embed/choices';
import { openConnectWindow } from '@/embed/connectWindow';
import { suiteAddress } from '@/embed/settings';
import { connectionStore } from '@/stores/connectionStore';
import { strings } from '@/strings';
import classes from './ConnectionPicker.module.css';

export interface ConnectionPickerProps {
  provider?: string;
  value: string | null;
  onChange: (connectionId: string) => void;
  label?: string;
  description?: string;
  required?: boolean;
  allowedMethods?: readonly ConnectionMethod[];
}

/** Chooses one of the user's active connections. It brings no component library: it lives in other applications. */
export function ConnectionPicker({ provider, value, onChange, label, description, required = false, allowedMethods }: ConnectionPickerProps) {
  const id = useId();
  const { connections, selected, problem, add } = useChoices(provider, value, allowedMethods, onChange);
  const warning = selected && warningOf(selected, { provider, methods: allowedMethods });
  return (
    <div className={classes.picker}>
      <label className={classes.label} htmlFor={id}>
        {label ?? strings.picker.placeholder}
        {required && <span className={classes.required} aria-hidden="true"> *</span>}
      </label>
      {description && <p className={classes.description} id={`${id}-description`}>{description}</p>}
      <div className={classes.row}>
        <select
          id={id} className={classes.select} value={value ?? ''} required={required} disabled={connections === null}
          aria-describedby={description ? `${id}-description` : undefined} onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{connections === null && !problem ? strings.loading : strings.picker.placeholder}</option>
          {selected && !connections?.some((one) => one.id === selected.id) && <option value={selected.id}>{selected.name}</option>}
          {connections?.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
        <button type="button" className={classes.add} onClick={add}>{connections?.length === 0 ? strings.picker.add : strings.picker.addNew}</button>
      </div>
      {connections?.length === 0 && (
        <p className={classes.description} role="status">{provider ? strings.picker.empty(provider) : strings.picker.emptyAny}</p>
      )}
      {selected && (
        <p className={classes.badges}>
          <MethodBadge method={selected.connection_method} />
          {selected.connection_method === 'mcp' && <Tag>{strings.card.tools(selected.mcp_tool_count ?? 0)}</Tag>}
          {warning && <Tag tone="warn">{warning}</Tag>}
        </p>
      )}
      {problem && <p className={classes.problem} role="alert">{problem}</p>}
    </div>
  );
}

function useChoices(provider: string | undefined, value: string | null, allowedMethods: readonly ConnectionMethod[] | undefined, onChange: (id: string) => void) {
  const [all, setAll] = useState<Connection[] | null>(null);
  const [selected, setSelected] = useState<Connection | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const listing = new AbortController();
    const { signal } = listing;
    everyPage((cursor) => answer(api().registry.GET('/api/connections', { params: { query: listQuery(provider, cursor) }, signal }))).then(
      (found) => signal.aborted || (setAll(found), setProblem(null)),
      (failure: unknown) => signal.aborted || setProblem(messageOf(failure)),
    );
    return () => listing.abort();
  }, [provider, round]);

  useEffect(() => {
    let current = true;
    const listed = all?.find(({ id }) => id === value) ?? null;
    setSelected(listed);
    if (all) {
      setProblem(null);
    }
    if (value && all && !listed) {
      // A workflow may hold one that has expired since: it is shown as what it is, and cannot be chosen anew.
      answer(api().registry.GET('/api/connections/{id}', { params: { path: { id: value } } })).then(
        ({ data }) => current && setSelected(data),
        (failure: unknown) => current && setProblem(failure instanceof ApiError && failure.status === 404 ? strings.picker.gone : messageOf(failure)),
      );
    }
    return () => {
      current = false;
    };
  }, [all, value]);

  const add = () =>
    void openConnectWindow({ baseUrl: suiteAddress(), provider, methods: allowedMethods }).then(
      (connection) => {
        setRound((old) => old + 1);
        if (connection) {
          connectionStore.getState().takeIn(connection);
          onChange(connection.id);
        }
      },
      (failure: unknown) => setProblem(messageOf(failure)),
    );

  const connections = all?.filter((one) => isOffered(one, { methods: allowedMethods })) ?? null;
  return { connections, selected, problem, add };
}
