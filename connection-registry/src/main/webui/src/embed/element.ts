import type { Connection, ConnectionMethod } from '@/api/types';
import { strings } from '@/strings';
import { openConnectWindow } from './connectWindow';
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
  private tokens: (() => Promise<string> | string) | null = null;
  private listing: AbortController | null = null;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [sheet];
  }

  get getToken(): (() => Promise<string> | string) | null {
    return this.tokens;
  }

  set getToken(tokens: (() => Promise<string> | string) | null) {
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
    this.render();
  }

  /** Asks the suite again for the connections there are. */
  async refresh(): Promise<void> {
    if (!this.tokens || !this.isConnected) {
      return;
    }
    this.listing?.abort();
    this.listing = new AbortController();
    const provider = this.getAttribute('provider');
    const query = new URLSearchParams({ status: 'active', sort: 'name', limit: '100', ...(provider ? { provider } : {}) });
    try {
      const answer = await fetch(`${this.baseUrl}/api/connections?${query}`, {
        headers: { Accept: 'application/json', Authorization: `Bearer ${await this.tokens()}` }, signal: this.listing.signal,
      });
      const body = (await answer.json()) as { data?: Connection[]; detail?: string };
      this.problem = answer.ok ? null : (body.detail ?? `HTTP ${answer.status}`);
      this.connections = answer.ok ? (body.data ?? []) : null;
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'AbortError') {
        return;
      }
      this.problem = strings.errors.network;
    }
    this.render();
  }

  private get baseUrl(): string {
    return (this.getAttribute('base-url') ?? new URL('..', import.meta.url).href).replace(/\/+$/, '');
  }

  private get methods(): ConnectionMethod[] {
    return (this.getAttribute('allowed-methods') ?? '').split(',').map((one) => one.trim()).filter(Boolean) as ConnectionMethod[];
  }

  private get choices(): Connection[] {
    const { methods } = this;
    return (this.connections ?? []).filter(({ connection_method: method }) => methods.length === 0 || methods.includes(method));
  }

  private choose(id: string, connection?: Connection): void {
    this.value = id;
    const detail = { id, connection: connection ?? this.choices.find((one) => one.id === id) ?? null };
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
    const chosen = choices.find(({ id }) => id === value);
    this.internals.setFormValue(value || null);
    const focused = this.root.activeElement?.tagName;

    const select = element('select', { id: 'select', required, disabled: this.connections === null, ...(description ? { 'aria-describedby': 'description' } : {}) });
    select.append(
      element('option', { value: '' }, this.connections === null ? strings.loading : strings.picker.placeholder),
      ...choices.map((one) => element('option', { value: one.id, selected: one.id === value }, `${one.name} (${strings.methods[one.connection_method]})`)),
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
      chosen !== undefined && element('p', { class: 'chosen' }, ...badges(chosen)),
      this.connections !== null && choices.length === 0 && element('p', { role: 'status' }, this.emptyText()),
      this.connections !== null && value !== '' && chosen === undefined && element('p', { class: 'warn', role: 'status' }, strings.picker.gone),
      this.problem !== null && element('p', { class: 'warn', role: 'alert' }, this.problem),
    ];
    this.root.replaceChildren(...parts.filter((part) => part instanceof HTMLElement));
    const missing = required && chosen === undefined && this.connections !== null;
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

function badges({ connection_method: method, mcp_tool_count: tools, expires_at: ends }: Connection): HTMLElement[] {
  const over = method === 'oauth2' && ends && Date.parse(ends) < Date.now();
  return [
    element('span', { class: 'badge' }, strings.methods[method]),
    ...(method === 'mcp' ? [element('span', { class: 'badge' }, strings.card.tools(tools ?? 0))] : []),
    ...(over ? [element('span', { class: 'badge' }, strings.detail.facts.renews)] : []),
  ];
}

type Child = string | HTMLElement | false | null;

function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | boolean>, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child): child is string | HTMLElement => child !== false && child !== null));
  return made;
}

if (!customElements.get('connection-picker')) {
  customElements.define('connection-picker', ConnectionPickerElement);
}
