import type { components as Mcp } from '#types/mcp';
import type { components as OAuth } from '#types/oauth';
import type { components, operations } from '#types/registry';

type Schemas = components['schemas'];

export type Connection = Schemas['Connection'];
export type ConnectionMethod = Schemas['ConnectionMethod'];
export type ConnectionStatus = Schemas['ConnectionStatus'];
export type CreateConnectionInput = Schemas['CreateConnection'];
export type TestConnectionInput = Omit<CreateConnectionInput, 'name'> & Partial<Pick<CreateConnectionInput, 'name'>>;
export type UpdateConnectionInput = Schemas['UpdateConnection'];
export type ConnectionStats = Schemas['ConnectionStats'];
export type TestResult = Schemas['TestResult'];
export type ConnectionEvent = Schemas['Event'];
export type ProviderSummary = Schemas['ProviderSummary'];
export type Provider = Schemas['Provider'];
export type Problem = Schemas['Problem'];
export type FilterParams = NonNullable<operations['listConnections']['parameters']['query']>;
export type MCPDiscoveryRequest = Mcp['schemas']['DiscoverRequest'];
export type MCPToolsResponse = Mcp['schemas']['DiscoveryAnswer']['data'];
export type ToolResult = Mcp['schemas']['ToolAnswer']['data'];
export type Flow = OAuth['schemas']['Flow'];
export type StartedFlow = OAuth['schemas']['StartedFlow'];

export const METHODS: readonly ConnectionMethod[] = ['api_key', 'oauth2', 'mcp', 'basic_auth', 'custom'];
export const STATUSES: readonly ConnectionStatus[] = ['active', 'invalid', 'expired', 'revoked'];

export interface ToolParameter {
  name: string;
  type: string;
  required: boolean;
  description?: string;
}

/** A tool as `GET …/{id}/tools` shows it. */
export interface Tool {
  name: string;
  title?: string;
  description?: string;
  input_schema?: JsonSchema;
  output_schema?: JsonSchema;
  annotations?: Record<string, unknown>;
  parameters: ToolParameter[];
  hash?: string;
  state: 'unchanged' | 'new' | 'changed' | 'removed';
  approved: boolean;
  diff?: unknown;
}

export interface ToolPolicy {
  require_approval: boolean;
  /** Null allows all. */
  allowed_tools: string[] | null;
}

/** As much of JSON Schema as forms are made of. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  enum?: unknown[];
  description?: string;
  title?: string;
  default?: unknown;
  items?: JsonSchema;
  [other: string]: unknown;
}
