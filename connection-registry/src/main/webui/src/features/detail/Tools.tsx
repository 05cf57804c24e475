import { Button, Skeleton, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Connection, Tool } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import { ToolRow } from './ToolRow';
import classes from './Tools.module.css';
import { useTools } from './useTools';

export function Tools({ connection }: { connection: Connection }) {
  const { tools, policy, problem, setPolicy } = useTools(connection);
  const [text, setText] = useState('');
  if (tools === null) {
    return <Skeleton height={240} radius="md" role="status" aria-label={strings.loading} />;
  }
  const shown = tools.filter((tool) => fits(tool, text));
  const unapproved = policy ? tools.filter((tool) => tool.state === 'new' || tool.state === 'changed') : [];
  const allowed = policy?.allowed_tools ?? null;

  /** Null means all, also those to come, so the first one that is forbidden turns it into a list. */
  function allow(name: string, isAllowed: boolean) {
    const names = allowed ?? (tools ?? []).map((tool) => tool.name);
    const next = isAllowed ? [...new Set([...names, name])] : names.filter((one) => one !== name);
    const all = (tools ?? []).every((tool) => next.includes(tool.name));
    void setPolicy({ allowed_tools: all ? null : next });
  }

  return (
    <section aria-label={strings.detail.tools}>
      {problem && <Alert tone="bad">{problem}</Alert>}
      <div className={classes.bar}>
        {tools.length > 5 && (
          <TextInput
            className={classes.search} type="search" aria-label={strings.tools.search} placeholder={strings.tools.search} leftSection={<Icon name="search" />}
            value={text} onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {policy && (
          <Switch
            label={strings.tools.requireApproval} checked={policy.require_approval}
            onChange={(event) => void setPolicy({ require_approval: event.currentTarget.checked })}
          />
        )}
      </div>
      {unapproved.length > 0 && (
        <div className={classes.notice}>
          <Alert
            tone="warn" title={strings.tools.changedHint}
            action={<Button size="compact-sm" variant="default" onClick={() => void setPolicy({ approve: unapproved.flatMap(({ name, hash }) => (hash ? [{ name, hash }] : [])) })}>{strings.tools.approve}</Button>}
          >
            {unapproved.map(({ name }) => name).join(', ')}
          </Alert>
        </div>
      )}
      {tools.length === 0 && <p className={classes.quiet}>{strings.tools.none}</p>}
      {tools.length > 0 && shown.length === 0 && <p className={classes.quiet}>{strings.tools.noMatch}</p>}
      {shown.length > 0 && (
        <ul className={classes.list}>
          {shown.map((tool) => (
            <ToolRow
              key={tool.name} tool={tool} connectionId={connection.id}
              allowed={policy ? (allowed === null || allowed.includes(tool.name)) : undefined} onAllow={(isAllowed) => allow(tool.name, isAllowed)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function fits({ name, title, description }: Tool, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || [name, title ?? '', description ?? ''].some((one) => one.toLowerCase().includes(wanted));
}
