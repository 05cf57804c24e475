import { useCallback, useEffect, useState } from 'react';
import { ApiError, call, messageOf } from '@/api/client';
import type { Connection, JsonSchema, Tool, ToolPolicy } from '@/api/types';

interface ToolsAnswer {
  data: { tools: Tool[]; policy: ToolPolicy };
}

export interface ToolsState {
  tools: Tool[] | null;
  /** Null where the registry knows no policy. */
  policy: ToolPolicy | null;
  problem: string | null;
  /** Definitions are approved by their hash: one that the server has changed meanwhile is not approved unseen. */
  setPolicy: (policy: Partial<ToolPolicy> & { approve?: { name: string; hash: string }[] }) => Promise<void>;
}

/** The tools with what changed and what is allowed; a registry without that shows what the connection carries. */
export function useTools(connection: Connection): ToolsState {
  const { id, mcp_tools: carried, updated_at: stamp } = connection;
  const [answer, setAnswer] = useState<ToolsAnswer['data'] | 'absent' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(async () => {
    try {
      setAnswer((await call<ToolsAnswer>(`/api/connections/${id}/tools`)).data);
      setProblem(null);
    } catch (failure) {
      setAnswer('absent');
      setProblem(failure instanceof ApiError && (failure.status === 404 || failure.status === 405) ? null : messageOf(failure));
    }
  }, [id]);
  useEffect(() => void load(), [load, stamp, carried]);

  const setPolicy = useCallback<ToolsState['setPolicy']>(
    async (policy) => {
      try {
        await call(`/api/connections/${id}/tools/policy`, {
          method: 'PUT', body: JSON.stringify(policy), headers: { 'Content-Type': 'application/json' },
        });
        await load();
      } catch (failure) {
        setProblem(messageOf(failure));
      }
    },
    [id, load],
  );

  if (answer === null) {
    return { tools: null, policy: null, problem, setPolicy };
  }
  return answer === 'absent'
    ? { tools: (carried ?? []).map(carriedTool), policy: null, problem, setPolicy }
    : { ...answer, tools: answer.tools.map((tool) => ({ ...tool, parameters: tool.parameters ?? [] })), problem, setPolicy };
}

/** A tool as the MCP server defined it. */
function carriedTool(definition: Record<string, unknown>): Tool {
  const { name, title, description, annotations, inputSchema, outputSchema, parameters } = definition;
  return {
    name: String(name),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(isObject(annotations) ? { annotations } : {}),
    ...(isObject(inputSchema) ? { input_schema: inputSchema as JsonSchema } : {}),
    ...(isObject(outputSchema) ? { output_schema: outputSchema as JsonSchema } : {}),
    parameters: Array.isArray(parameters) ? (parameters as Tool['parameters']) : [],
    state: 'unchanged',
    approved: true,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
