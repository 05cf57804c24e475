import type { Connection, ConnectionMethod } from '@/api/types';
import { strings } from '@/strings';
import { ask, Refused, wordsOf, type Tokens } from './ask';
import { everyPage, isOffered, listQuery, warningOf, type Page, type Wanted } from './choices';
import { openConnectWindow } from './connectWindow';
import { element } from './dom';
import { STYLE } from './elementStyle';

/**
 * `<connection-picker provider="openai">` for pages of any origin and any framework. Attributes: `provider`, `value`,
 * `label`, `description`, `required`, `allowed-methods` (separated by commas), `base-url` (the suite; by default where this
 * script came from), `name` (takes part in forms). Set the property `getToken` to a function that answers the user's bearer
 * token. It fires `change` with `detail: {id, connection}`.
 */
export class ConnectionPickerElement extends HTMLElement {
  static readonly formAssociated = true;
  static readonly observedAttributes = ['provider', 'value', 'label', 'description', 'required', 'allowed-methods', 'base-url'];

  private readonly internals = this.attachInternals();
  private readonly root = this.attachShadow({ mode: 'open', delegatesFocus: true });
  private connections: Connection[] | null = null;
  private problem: string | null = null;
  /** The one that is chosen where the list does not have it; undefined as long as nobody has asked for it. */
  private unlisted: Connection | undefined;
  private tokens: Tokens | null = null;
  private listing: AbortController | null = null;
  private lookingUp: AbortController | null = null;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [sheet];
  }

  get getToken(): Tokens | null {
    return this.tokens;
  }

  set getToken(tokens: Tokens | null) {
    this.tokens = tokens;
    void this.refresh();
  }

  get value(): string {
    return this.getAttribute('value') ?? '';
  }

  set value(id: string) {
    this.setAttribute('value', id);
  }

  connectedCallback(): void {
    // A property set before this script was there is on the element itself, and hides the accessor.
    if (Object.hasOwn(this, 'getToken')) {
      const early = this.getToken;
      delete (this as { getToken?: unknown }).getToken;
      this.getToken = early;
    }
    this.render();
  }

  attributeChangedCallback(name: string): void {
    if (name === 'provider' || name === 'base-url') {
      void this.refresh();
    }
    if (name === 'value') {
      void this.lookUp();
    }
    this.render();
  }

  /** Asks the suite again for the connections there are. */
  async refresh(): Promise<void> {
    if (!this.tokens || !this.isConnected) {
      return;
    }
    this.listing?.abort();
    this.listing = new AbortController();
    const { tokens, baseUrl, listing: { signal }, wanted: { provider } } = this;
    try {
      const found = await everyPage((cursor) => ask<Page>(`${baseUrl}/api/connections?${query(listQuery(provider, cursor))}`, tokens, signal));
      if (signal.aborted) {
        return;
      }
      this.problem = null;
      this.connections = found;
      void this.lookUp();
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      this.problem = wordsOf(failure);
      this.connections = failure instanceof Refused ? null : this.connections;
    }
    this.render();
  }

  /** A page may hold one that has expired since: it is shown as what it is, and cannot be chosen anew. */
  private async lookUp(): Promise<void> {
    this.lookingUp?.abort();
    const { value, tokens, connections, baseUrl } = this;
    if (!tokens || !connections) {
      return;
    }
    this.problem = null;
    if (!value || connections.some(({ id }) => id === value)) {
      return;
    }
    this.lookingUp = new AbortController();
    const { signal } = this.lookingUp;
    try {
      const { data } = await ask<{ data: Connection }>(`${baseUrl}/api/connections/${encodeURIComponent(value)}`, tokens, signal);
      if (!signal.aborted) {
        this.unlisted = data;
        this.render();
      }
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = failure instanceof Refused && failure.status === 404 ? strings.picker.gone : wordsOf(failure);
        this.render();
      }
    }
  }

  private get baseUrl(): string {
    return (this.getAttribute('base-url') ?? new URL('..', import.meta.url).href).replace(/\/+$/, '');
  }

  private get methods(): ConnectionMethod[] {
    return (this.getAttribute('allowed-methods') ?? '').split(',').map((one) => one.trim()).filter(Boolean) as ConnectionMethod[];
  }

  private get wanted(): Wanted {
    return { provider: this.getAttribute('provider'), methods: this.methods };
  }

  private get choices(): Connection[] {
    const { methods } = this;
    return (this.connections ?? []).filter((one) => isOffered(one, { methods }));
  }

  private get selected(): Connection | undefined {
    const { value, unlisted } = this;
    return this.connections?.find(({ id }) => id === value) ?? (unlisted?.id === value ? unlisted : undefined);
  }

  private choose(id: string, connection?: Connection): void {
    this.value = id;
    const detail = { id, connection: connection ?? this.selected ?? null };
    this.dispatchEvent(new CustomEvent('change', { detail, bubbles: true, composed: true }));
  }

  private async add(): Promise<void> {
    try {
      const connection = await openConnectWindow({ baseUrl: this.baseUrl, provider: this.getAttribute('provider'), methods: this.methods });
      await this.refresh();
      if (connection) {
        this.choose(connection.id, connection);
      }
    } catch (failure) {
      this.problem = failure instanceof Error ? failure.message : String(failure);
      this.render();
    }
  }

  private render(): void {
    const { choices, value } = this;
    const label = this.getAttribute('label') ?? strings.picker.placeholder;
    const description = this.getAttribute('description');
    const required = this.hasAttribute('required');
    const { selected } = this;
    const warning = selected === undefined ? null : warningOf(selected, this.wanted);
    this.internals.setFormValue(value || null);
    const focused = this.root.activeElement?.tagName;

    const select = element('select', { id: 'select', required, disabled: this.connections === null, ...(description ? { 'aria-describedby': 'description' } : {}) });
    select.append(
      element('option', { value: '' }, this.connections === null ? strings.loading : strings.picker.placeholder),
      ...(selected === undefined || choices.includes(selected) ? choices : [selected, ...choices]).map((one) =>
        element('option', { value: one.id, selected: one.id === value }, `${one.name} (${strings.methods[one.connection_method]})`)),
    );
    select.addEventListener('change', (event) => {
      event.stopPropagation();
      this.choose(select.value);
    });
    const add = element('button', { type: 'button' }, choices.length === 0 ? strings.picker.add : strings.picker.addNew);
    add.addEventListener('click', () => void this.add());

    const parts: (HTMLElement | false | null)[] = [
      element('label', { for: 'select' }, label, required && element('span', { class: 'required', 'aria-hidden': 'true' }, ' *')),
      description !== null && element('p', { id: 'description' }, description),
      element('div', { class: 'row' }, select, add),
      selected !== undefined && element('p', { class: 'chosen' }, ...badges(selected)),
      this.connections !== null && choices.length === 0 && element('p', { role: 'status' }, this.emptyText()),
      warning !== null && element('p', { class: 'warn', role: 'status' }, warning),
      this.problem !== null && element('p', { class: 'warn', role: 'alert' }, this.problem),
    ];
    this.root.replaceChildren(...parts.filter((part) => part instanceof HTMLElement));
    const missing = required && (selected === undefined || warning !== null) && this.connections !== null;
    this.internals.setValidity(missing ? { valueMissing: true } : {}, missing ? strings.picker.placeholder : '', missing ? select : undefined);
    if (focused === 'SELECT') {
      select.focus();
    }
  }

  private emptyText(): string {
    const provider = this.getAttribute('provider');
    return provider ? strings.picker.empty(provider) : strings.picker.emptyAny;
  }
}

function badges({ connection_method: method, status, mcp_tool_count: tools, expires_at: ends }: Connection): HTMLElement[] {
  const over = method === 'oauth2' && status === 'active' && ends && Date.parse(ends) < Date.now();
  return [
    element('span', { class: 'badge' }, strings.methods[method]),
    ...(method === 'mcp' ? [element('span', { class: 'badge' }, strings.card.tools(tools ?? 0))] : []),
    ...(over ? [element('span', { class: 'badge' }, strings.detail.facts.renews)] : []),
  ];
}

const query = (parameters: Record<string, string | number>) => new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));

if (!customElements.get('connection-picker')) {
  customElements.define('connection-picker', ConnectionPickerElement);
}
