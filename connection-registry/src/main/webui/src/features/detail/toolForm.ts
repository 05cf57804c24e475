import type { JsonSchema, Tool } from '@/api/types';
import { strings } from '@/strings';

/** One input of a tool's form. */
export interface Row {
  name: string;
  required: boolean;
  schema: JsonSchema;
  kind: 'text' | 'number' | 'flag' | 'choice' | 'json';
}

export function rowsOf(tool: Tool): Row[] {
  const properties = tool.input_schema?.properties ?? {};
  const required = new Set(tool.input_schema?.required ?? []);
  const fromSchema = Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.has(name), kind: kindOf(schema) }));
  if (fromSchema.length > 0) {
    return fromSchema;
  }
  return tool.parameters.map(({ name, type, required: needed, description }) => {
    const schema: JsonSchema = { type, ...(description ? { description } : {}) };
    return { name, schema, required: needed, kind: kindOf(schema) };
  });
}

function kindOf({ type, enum: options }: JsonSchema): Row['kind'] {
  const types = [type ?? []].flat().filter((one) => one !== 'null');
  if (options?.every((one) => typeof one === 'string')) {
    return 'choice';
  }
  if (types.length !== 1) {
    return 'json';
  }
  switch (types[0]) {
    case 'string': return 'text';
    case 'integer':
    case 'number': return 'number';
    case 'boolean': return 'flag';
    default: return 'json';
  }
}

/** What is left empty is left out; a required text may be empty, everything else that is required may not. */
export function parametersOf(rows: readonly Row[], values: Readonly<Record<string, string>>) {
  const parameters: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const { name, kind, required } of rows) {
    const value = values[name];
    if (value === undefined || (value === '' && kind !== 'text')) {
      if (required && kind === 'flag') {
        parameters[name] = false;
      } else if (required) {
        wrong[name] = strings.add.required;
      }
      continue;
    }
    if (value === '' && !required) {
      continue;
    }
    try {
      parameters[name] = kind === 'number' ? Number(value) : kind === 'flag' ? value === 'true' : kind === 'json' ? JSON.parse(value) : value;
    } catch {
      wrong[name] = strings.tools.notJson;
    }
  }
  return { parameters, wrong };
}
