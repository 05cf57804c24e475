import type { ConnectionMethod, CreateConnectionInput, Provider } from '@/api/types';
import { strings } from '@/strings';

/** One input of a form, as the catalogue describes it. */
export interface FieldSpec {
  name: string;
  label: string;
  hint?: string | undefined;
  secret: boolean;
  required: boolean;
  pattern?: string | undefined;
  values?: readonly string[] | undefined;
  initial?: string | undefined;
  kind: 'text' | 'number' | 'switch';
  /** Shown under "More options". */
  minor: boolean;
}

export type Values = Readonly<Record<string, string>>;

interface Declared {
  name: string;
  label?: string;
  hint?: string;
  note?: string;
  secret?: boolean;
  required?: boolean;
  pattern?: string;
  values?: string[];
  default?: string;
}

interface MethodEntry {
  fields?: Declared[];
  config?: Record<string, Omit<Declared, 'name'>>;
}

const LABELS = strings.add.fields as Record<string, string>;

/** The fields that a method takes whatever the provider; a provider's own words about them come first. */
const STANDARD: Record<ConnectionMethod, readonly FieldSpec[]> = {
  api_key: [standard('api_key', { secret: true, required: true }), standard('api_secret', { secret: true, minor: true }), standard('base_url', { minor: true })],
  basic_auth: [
    standard('username', { required: true }), standard('password', { secret: true, required: true }), standard('host'),
    standard('port', { kind: 'number' }), standard('database'), standard('ssl', { kind: 'switch' }),
  ],
  oauth2: [],
  mcp: [],
  custom: [],
};

function standard(name: string, part: Partial<FieldSpec> = {}): FieldSpec {
  return { name, label: LABELS[name] ?? name, secret: false, required: false, kind: 'text', minor: false, ...part };
}

export function fieldsOf(method: ConnectionMethod, provider: Provider | null): FieldSpec[] {
  const entry = provider?.methods[method] as MethodEntry | undefined;
  const declared = [
    ...(method === 'oauth2' || method === 'mcp' ? [] : (entry?.fields ?? [])),
    ...Object.entries(entry?.config ?? {}).map(([name, variable]) => ({ ...variable, name })),
  ];
  const known = new Map(STANDARD[method].map((field) => [field.name, field]));
  const fields = declared.map((one) => specOf(one, known.get(one.name)));
  const named = new Set(fields.map(({ name }) => name));
  const rest = STANDARD[method].filter(({ name }) => !named.has(name)).map((field) => (entry && method === 'api_key' ? { ...field, minor: true } : field));
  return [...fields, ...rest];
}

function specOf(declared: Declared, known: FieldSpec | undefined): FieldSpec {
  return {
    ...(known ?? standard(declared.name)),
    label: declared.label ?? known?.label ?? declared.name,
    hint: declared.hint ?? declared.note,
    // A user name counts as a secret where it is kept, but hiding it from who types it helps nobody.
    secret: declared.name !== 'username' && (declared.secret ?? known?.secret ?? false),
    required: declared.required ?? known?.required ?? false,
    pattern: declared.pattern,
    values: declared.values?.length ? declared.values : undefined,
    initial: declared.default,
    minor: !(declared.required ?? known?.required) && (declared.default !== undefined || (known?.minor ?? false)),
  };
}

export const initialValues = (fields: readonly FieldSpec[]): Values =>
  Object.fromEntries(fields.flatMap(({ name, initial }) => (initial === undefined ? [] : [[name, initial]])));

/** What to say beside which field before anything is sent. */
export function missingIn(fields: readonly FieldSpec[], values: Values): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, required, pattern }): [string, string][] => {
      const value = values[name]?.trim() ?? '';
      if (value === '') {
        return required ? [[name, strings.add.required]] : [];
      }
      return pattern && !matches(pattern, value) ? [[name, strings.add.pattern]] : [];
    }),
  );
}

/** Patterns are Java's; what the browser cannot read is left to the server. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return true;
  }
}

/** `data` as the registry takes it: nothing that is empty, numbers as numbers. */
export function dataOf(method: ConnectionMethod, fields: readonly FieldSpec[], values: Values): CreateConnectionInput['data'] {
  switch (method) {
    case 'mcp':
      return { ...picked(fields, values), ...mcpData(values) } as CreateConnectionInput['data'];
    case 'custom':
      return { headers: headersOf(values) };
    case 'api_key':
    case 'basic_auth':
    case 'oauth2':
      return picked(fields, values) as CreateConnectionInput['data'];
  }
}

function picked(fields: readonly FieldSpec[], values: Values): Record<string, string | number | boolean> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind, secret }) => {
      const value = secret ? (values[name] ?? '').trim() : (values[name] ?? '');
      if (value === '') {
        return [];
      }
      return [[name, kind === 'number' ? Number(value) : kind === 'switch' ? value === 'true' : value]];
    }),
  );
}

const MCP_FIELDS: Record<string, readonly string[]> = {
  none: [], api_key: ['api_key', 'api_key_header'], bearer: ['bearer_token'], basic: ['username', 'password'],
};

export function mcpData(values: Values): Record<string, unknown> & { server_url: string; auth_type: 'none' } {
  const authType = values['auth_type'] ?? 'none';
  const own = (MCP_FIELDS[authType] ?? []).flatMap((name) => (values[name] ? [[name, values[name]]] : []));
  const timeout = Number(values['timeout']);
  const headers = headersOf(values);
  return {
    server_url: (values['server_url'] ?? '').trim(),
    auth_type: authType as 'none',
    ...Object.fromEntries(own),
    ...(timeout > 0 ? { timeout } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

export function missingInMcp(values: Values): Record<string, string> {
  const required = ['server_url', ...(MCP_FIELDS[values['auth_type'] ?? 'none'] ?? []).filter((name) => name !== 'api_key_header')];
  return Object.fromEntries(required.flatMap((name) => (values[name]?.trim() ? [] : [[name, strings.add.required]])));
}

/** Rows are kept as `header.0.name` and `header.0.value`. */
export function headersOf(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.keys(values).flatMap((key) => {
      const row = /^header\.(\d+)\.name$/.exec(key)?.[1];
      const name = values[key]?.trim();
      return row !== undefined && name ? [[name, values[`header.${row}.value`] ?? '']] : [];
    }),
  );
}
