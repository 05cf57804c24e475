import { Stack } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { METHODS, type Connection, type ConnectionMethod } from '@/api/types';
import { useCatalog } from '@/stores/catalogStore';
import { ConfigureStep } from './ConfigureStep';
import { MethodStep } from './MethodStep';
import { OAuthStep } from './OAuthStep';
import { ProviderStep } from './ProviderStep';
import { Steps } from './Steps';

interface FlowProps {
  method?: ConnectionMethod | undefined;
  provider?: string | undefined;
  /** Only these are offered. */
  allowedMethods?: readonly ConnectionMethod[] | undefined;
  onAdded: (connection: Connection) => void;
}

/** The key of a provider, or one that the catalogue does not have. */
export type Choice = string | 'other';

const OTHER: Choice = 'other';

/** Method, then provider, then what that pair needs. A provider that is given narrows the methods to its own. */
export function AddFlow({ method: givenMethod, provider: givenProvider, allowedMethods = METHODS, onAdded }: FlowProps) {
  const { providers, load } = useCatalog();
  const [method, setMethod] = useState<ConnectionMethod | null>(givenMethod ?? null);
  const [choice, setChoice] = useState<Choice | null>(givenProvider ?? (givenMethod === 'custom' ? OTHER : null));
  useEffect(() => void load(), [load]);

  const known = providers.find(({ key }) => key === givenProvider);
  const offered = useMemo(
    () => allowedMethods.filter((one) => !known || known.methods.includes(one) || one === 'custom'),
    [allowedMethods, known],
  );
  const only = offered.length === 1 ? offered[0] : known && offered.filter((one) => one !== 'custom').length === 1 ? offered[0] : undefined;
  const current = method ?? (givenProvider ? (only ?? null) : null);

  function choose(next: ConnectionMethod) {
    setMethod(next);
    setChoice(givenProvider ?? (next === 'custom' ? OTHER : null));
  }

  function back() {
    if (choice !== null && choice !== givenProvider && current !== 'custom') {
      setChoice(null);
    } else {
      setMethod(null);
      setChoice(givenProvider ?? null);
    }
  }

  const step = current === null ? 0 : choice === null ? 1 : 2;
  const canGoBack = step > 0 && !(givenProvider && only);
  return (
    <Stack gap="md">
      <Steps current={step} onBack={canGoBack ? back : undefined} />
      {current === null && <MethodStep methods={offered} onChoose={choose} />}
      {current !== null && choice === null && <ProviderStep method={current} onChoose={setChoice} />}
      {current !== null && choice !== null && (current === 'oauth2'
        ? <OAuthStep key={choice} provider={choice} onAdded={onAdded} />
        : <ConfigureStep key={`${current} ${choice}`} method={current} provider={choice === OTHER ? null : choice} onAdded={onAdded} />)}
    </Stack>
  );
}
