import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Tool } from '@/api/types';
import { Tag } from '@/components/Badges';
import { Disclosure } from '@/components/Disclosure';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import { ToolDiff } from './ToolDiff';
import classes from './Tools.module.css';
import { TryTool } from './TryTool';

interface RowProps {
  tool: Tool;
  connectionId: string;
  /** Undefined where the registry knows no policy. */
  allowed: boolean | undefined;
  onAllow: (allowed: boolean) => void;
}

const TONES = { new: 'good', changed: 'warn', removed: 'bad', unchanged: 'neutral' } as const;

export function ToolRow({ tool, connectionId, allowed, onAllow }: RowProps) {
  const [trying, setTrying] = useState(false);
  const { name, title, description, parameters, state, approved, annotations } = tool;
  const hints = Object.entries(strings.tools.hints).filter(([hint]) => annotations?.[hint] === true);
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.name}><code>{name}</code>{title && title !== name && <span className={classes.toolTitle}>{title}</span>}</h2>
          {description && <p className={classes.text}>{description}</p>}
          <div className={classes.tags}>
            {state !== 'unchanged' && <Tag tone={TONES[state]}>{strings.tools.states[state]}</Tag>}
            {!approved && state !== 'removed' && <Tag tone="warn">{strings.tools.notApproved}</Tag>}
            {hints.map(([hint, label]) => <Tag key={hint} tone={hint === 'destructiveHint' ? 'warn' : 'neutral'}>{label}</Tag>)}
          </div>
        </div>
        <div className={classes.rowActions}>
          {allowed !== undefined && state !== 'removed' && (
            <Switch aria-label={strings.tools.allow(name)} checked={allowed} onChange={(event) => onAllow(event.currentTarget.checked)} />
          )}
          {state !== 'removed' && (
            <Button
              size="compact-sm" variant="default" leftSection={<Icon name="play" size={13} />} aria-expanded={trying} aria-label={strings.tools.tryTitle(name)}
              onClick={() => setTrying(!trying)}
            >
              {strings.tools.tryIt}
            </Button>
          )}
        </div>
      </div>
      <ToolDiff diff={tool.diff} />
      {trying && <TryTool tool={tool} connectionId={connectionId} />}
      <Disclosure label={`${strings.tools.parameters}${parameters.length > 0 ? ` (${parameters.length})` : ''}`}>
        {parameters.length === 0 ? <p className={classes.text}>{strings.tools.noParameters}</p> : (
          <ul className={classes.parameters}>
            {parameters.map((one) => (
              <li key={one.name}>
                <code>{one.name}</code> <span className={classes.type}>{one.type}{one.required && ` · ${strings.tools.required}`}</span>
                {one.description && <span className={classes.text}> {one.description}</span>}
              </li>
            ))}
          </ul>
        )}
        {tool.input_schema && <Schema label={strings.tools.schema} schema={tool.input_schema} />}
        {tool.output_schema && <Schema label={strings.tools.output} schema={tool.output_schema} />}
      </Disclosure>
    </li>
  );
}

function Schema({ label, schema }: { label: string; schema: object }) {
  return (
    <figure className={classes.schema}>
      <figcaption>{label}</figcaption>
      <pre tabIndex={0}>{JSON.stringify(schema, null, 2)}</pre>
    </figure>
  );
}
