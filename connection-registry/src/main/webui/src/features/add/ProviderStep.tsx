import { Skeleton, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ConnectionMethod, ProviderSummary } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/icons';
import { ProviderIcon } from '@/components/ProviderIcon';
import { useCatalog } from '@/stores/catalogStore';
import { strings } from '@/strings';
import type { Choice } from './AddFlow';
import classes from './Choices.module.css';

/** Entries that stand for whatever has none come last. */
const FOR_ANYTHING = new Set(['generic', 'mcp-generic']);

export function ProviderStep({ method, onChoose }: { method: ConnectionMethod; onChoose: (choice: Choice) => void }) {
  const { providers, configured, loading, error } = useCatalog();
  const [text, setText] = useState('');
  const [category, setCategory] = useState<string | null>(null);

  const ofMethod = useMemo(() => providers.filter((one) => one.methods.includes(method)).sort(byName), [providers, method]);
  const categories = useMemo(() => [...new Set(ofMethod.map((one) => one.category))].sort(), [ofMethod]);
  const shown = ofMethod.filter((one) => (category === null || one.category === category) && fits(one, text));
  return (
    <section aria-label={strings.add.steps[1]}>
      <TextInput
        type="search" value={text} placeholder={strings.add.providerSearch} aria-label={strings.add.providerSearch} leftSection={<Icon name="search" />}
        data-autofocus autoFocus onChange={(event) => setText(event.currentTarget.value)}
      />
      {categories.length > 2 && (
        <div className={classes.categories} role="group" aria-label={strings.add.category}>
          {[null, ...categories].map((one) => (
            <button key={one ?? ''} type="button" className={classes.category} aria-pressed={category === one} onClick={() => setCategory(one)}>
              {one === null ? strings.add.allCategories : categoryLabel(one)}
            </button>
          ))}
        </div>
      )}
      {error && <Alert tone="bad">{error}</Alert>}
      <p className="visually-hidden" role="status">{shown.length > 0 ? strings.add.providers(shown.length) : strings.add.noProvider}</p>
      <ul className={classes.providers} tabIndex={-1}>
        {loading && providers.length === 0 && Array.from({ length: 6 }, (_none, index) => <Skeleton key={index} height={58} radius="md" />)}
        {shown.map((one) => (
          <li key={one.key}><ProviderChoice provider={one} ready={method !== 'oauth2' || configured.has(one.key)} onChoose={onChoose} /></li>
        ))}
        {(method === 'api_key' || method === 'basic_auth') && (
          <li>
            <button type="button" className={classes.choice} onClick={() => onChoose('other')}>
              <span className={classes.icon}><Icon name="plus" /></span>
              <span className={classes.words}><strong>{strings.add.other}</strong><small>{strings.add.otherText}</small></span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

function ProviderChoice({ provider, ready, onChoose }: { provider: ProviderSummary; ready: boolean; onChoose: (choice: Choice) => void }) {
  const { key, name, icon, description } = provider;
  return (
    <button type="button" className={classes.choice} disabled={!ready} onClick={() => onChoose(key)}>
      <ProviderIcon slug={icon ?? key} name={name} />
      <span className={classes.words}><strong>{name}</strong><small>{ready ? description : strings.add.notConfigured}</small></span>
    </button>
  );
}

function fits({ key, name, category, description }: ProviderSummary, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || [key, name, category, description ?? ''].some((one) => one.toLowerCase().includes(wanted));
}

function byName(left: ProviderSummary, right: ProviderSummary): number {
  return Number(FOR_ANYTHING.has(left.key)) - Number(FOR_ANYTHING.has(right.key)) || left.name.localeCompare(right.name);
}

const ACRONYMS = new Set(['ai', 'crm', 'hr']);

function categoryLabel(category: string): string {
  const words = category.replace('-', ' ');
  return ACRONYMS.has(category) ? category.toUpperCase() : words[0]?.toUpperCase() + words.slice(1);
}
