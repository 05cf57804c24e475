import { Button, Group, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answer, api, ApiError, messageOf } from '@/api/client';
import type { JsonSchema, Tool, ToolResult } from '@/api/types';
import { Alert } from '@/components/Alert';
import { strings } from '@/strings';
import classes from './Tools.module.css';
import { parametersOf, rowsOf, type Row } from './toolForm';
import { ToolOutput } from './ToolOutput';

interface TryState {
  result?: ToolResult;
  milliseconds?: number;
  problem?: string;
}

export function TryTool({ tool, connectionId }: { tool: Tool; connectionId: string }) {
  const rows = rowsOf(tool);
  const [values, setValues] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [state, setState] = useState<TryState>({});
  const [running, setRunning] = useState(false);

  async function run(event: React.FormEvent) {
    event.preventDefault();
    const { parameters, wrong } = parametersOf(rows, values);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      return;
    }
    setRunning(true);
    setState({});
    const began = performance.now();
    try {
      const { data } = await answer(
        api().mcp.POST('/api/mcp/{connectionId}/call', { params: { path: { connectionId } }, body: { tool: tool.name, parameters } }),
      );
      setState({ result: data, milliseconds: Math.round(performance.now() - began) });
    } catch (failure) {
      setErrors(failure instanceof ApiError ? Object.fromEntries(failure.violations.map(({ field, message }) => [field.replace(/^parameters[./]?/, ''), message])) : {});
      setState({ problem: messageOf(failure) });
    } finally {
      setRunning(false);
    }
  }

  return (
    <form className={classes.form} aria-label={strings.tools.tryTitle(tool.name)} noValidate onSubmit={(event) => void run(event)}>
      <Stack gap="sm">
        {tool.annotations?.['destructiveHint'] === true && <Alert tone="warn">{strings.tools.destructive}</Alert>}
        {rows.map((row) => (
          <ParameterInput
            key={row.name} row={row} value={values[row.name] ?? ''} error={errors[row.name]}
            onChange={(value) => setValues((old) => ({ ...old, [row.name]: value }))}
          />
        ))}
        <Group justify="flex-end"><Button type="submit" size="sm" loading={running}>{strings.tools.run}</Button></Group>
        {state.problem && <Alert tone="bad" title={strings.errors.title}>{state.problem}</Alert>}
        {state.result && <ToolOutput result={state.result} milliseconds={state.milliseconds ?? 0} />}
      </Stack>
    </form>
  );
}

interface InputProps {
  row: Row;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function ParameterInput({ row, value, error, onChange }: InputProps) {
  const { name, required, schema, kind } = row;
  const common = { label: name, description: schema.description, required, error, size: 'sm' as const };
  switch (kind) {
    case 'choice':
      return <Select {...common} data={choices(schema)} value={value || null} onChange={(next) => onChange(next ?? '')} allowDeselect={!required} />;
    case 'flag':
      return <Switch label={name} description={schema.description} checked={value === 'true'} onChange={(event) => onChange(String(event.currentTarget.checked))} />;
    case 'number':
      return <NumberInput {...common} value={value === '' ? '' : Number(value)} hideControls onChange={(next) => onChange(String(next))} />;
    case 'json':
      return (
        <Textarea
          {...common} description={[schema.description, strings.tools.jsonHint].filter(Boolean).join(' · ')} value={value} autosize minRows={2} maxRows={10}
          spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
      return <TextInput {...common} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}

const choices = (schema: JsonSchema): string[] => (schema.enum ?? []).map(String);
