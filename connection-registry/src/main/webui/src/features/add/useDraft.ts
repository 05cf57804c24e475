import { useMemo, useState } from 'react';
import { messageOf } from '@/api/client';
import type { Connection, ConnectionMethod, CreateConnectionInput, MCPDiscoveryRequest, MCPToolsResponse, Provider } from '@/api/types';
import { dataOf, fieldsOf, initialValues, mcpData, missingIn, missingInMcp, type Values } from '@/connection/fields';
import { violationsByField } from '@/connection/violations';
import { useCatalog } from '@/stores/catalogStore';
import { useConnectionStore } from '@/stores/connectionStore';
import { strings } from '@/strings';

/** How a test or an attempt to save went; null before the first. */
export type DraftOutcome = { tone: 'good' | 'bad' | 'neutral'; title: string; text: string } | null;

const TITLES = {
  passed: strings.add.passed, failed: strings.add.failed, inconclusive: strings.add.inconclusive, untestable: strings.add.untestable,
} as const;

/** A connection in the making: what was typed, what is wrong with it, and what a test said. It is gone with the form. */
export function useDraft(method: ConnectionMethod, provider: string | null, entry: Provider | null) {
  const address = useCatalog((catalog) => (method === 'mcp' && provider ? catalog.mcpAddresses[provider] : undefined));
  const [typed, setTyped] = useState<Values>({});
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [outcome, setOutcome] = useState<DraftOutcome>(null);
  const [discovery, setDiscovery] = useState<MCPToolsResponse | null>(null);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);

  const fields = useMemo(() => fieldsOf(method, entry), [method, entry]);
  const found = provider === 'mcp-generic' ? discovery?.server_info.name : undefined;
  const name = typedName ?? found ?? (entry ? strings.add.defaultName(entry.name, method === 'mcp' ? '' : strings.methods[method]) : '');
  const slug = provider ?? typedSlug ?? slugOf(name);
  const values: Values = { ...initialValues(fields), ...(method === 'mcp' ? addressValues(provider, address) : {}), ...typed };

  const input = (): CreateConnectionInput => ({
    name: name.trim(), connection_method: method, provider: slug, data: dataOf(method, fields, values),
  });

  function isComplete(forSaving: boolean): boolean {
    const wrong = {
      ...(forSaving && !name.trim() ? { name: strings.add.required } : {}),
      ...(/^[a-z0-9][a-z0-9-]{0,63}$/.test(slug) ? {} : { provider: strings.add.slugHint }),
      ...missingIn(fields, values),
      ...(method === 'mcp' ? missingInMcp(values) : {}),
      ...(method === 'custom' && !Object.keys(values).some((key) => key.endsWith('.name') && values[key]) ? { headers: strings.add.required } : {}),
    };
    setErrors(wrong);
    return Object.keys(wrong).length === 0;
  }

  async function during<T>(work: 'test' | 'save', task: () => Promise<T>): Promise<T | undefined> {
    if (busy !== null || !isComplete(work === 'save')) {
      return undefined;
    }
    setBusy(work);
    setOutcome(null);
    try {
      return await task();
    } catch (failure) {
      // Told here, beside the form that it is about, and not in the page behind.
      useConnectionStore.getState().clearError();
      setErrors(violationsByField(failure));
      setOutcome({ tone: 'bad', title: work === 'save' ? strings.add.problem : strings.add.failed, text: messageOf(failure) });
      return undefined;
    } finally {
      setBusy(null);
    }
  }

  async function discover(): Promise<void> {
    setDiscovery(null);
    setDiscovery(await useConnectionStore.getState().discoverMCPTools(mcpData(values) as MCPDiscoveryRequest));
  }

  async function tryOut(): Promise<void> {
    await useConnectionStore.getState().testConnectionBeforeSaving(input());
    const result = useConnectionStore.getState().lastTest;
    if (result) {
      const tone = result.outcome === 'passed' ? 'good' : result.outcome === 'failed' ? 'bad' : 'neutral';
      setOutcome({ tone, title: TITLES[result.outcome], text: result.message });
    }
  }

  return {
    name, slug, values, errors, fields, outcome, discovery, busy,
    isComplete: () => isComplete(true),
    setName: setTypedName,
    setSlug: setTypedSlug,
    setValue: (field: string, value: string) => {
      setTyped((old) => ({ ...old, [field]: value }));
      setOutcome(null);
      setErrors(({ [field]: _mended, ...rest }) => rest);
    },
    test: () => during('test', method === 'mcp' ? discover : tryOut),
    save: (): Promise<Connection | undefined> => during('save', () => useConnectionStore.getState().addConnection(input())),
  };
}

/** The generic entry's address is a placeholder and not worth filling in. */
function addressValues(provider: string | null, address: { url: string; authType: string } | undefined): Values {
  if (!address || provider === 'mcp-generic') {
    return {};
  }
  const authType = Object.keys(strings.add.mcp.authTypes).includes(address.authType) ? address.authType : 'none';
  return { server_url: address.url, auth_type: authType };
}

const slugOf = (name: string): string =>
  name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64) || 'custom';
