import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '@/api/types';
import { connection, page } from '@/testing/fakeApi';
import type { ConnectionPickerElement } from './element';

const key = connection({ id: 'k', name: 'Key' });
const files = connection({ id: 'm', name: 'Files', connection_method: 'mcp', mcp_tool_count: 4 });

function answers(status: number, body: unknown) {
  const fake = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fake);
  return fake;
}

/** A suite that lists the key alone, and has one more by its id. */
function alsoHas(other: Connection | null) {
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(
    url.includes('?') ? new Response(JSON.stringify(page([key])))
      : other && url.endsWith(`/${other.id}`) ? new Response(JSON.stringify({ success: true, data: other }))
        : new Response(JSON.stringify({ detail: 'No such connection.' }), { status: 404 }),
  ));
}

function element(attributes: Record<string, string>): ConnectionPickerElement {
  const made = document.createElement('connection-picker') as ConnectionPickerElement;
  for (const [name, value] of Object.entries({ 'base-url': 'https://suite.test', ...attributes })) {
    made.setAttribute(name, value);
  }
  document.body.replaceChildren(made);
  return made;
}

const inside = (picker: ConnectionPickerElement) => picker.shadowRoot as ShadowRoot;
const options = (picker: ConnectionPickerElement) => [...inside(picker).querySelectorAll('option')].map(({ value }) => value);

describe('<connection-picker>', () => {
  beforeAll(async () => {
    // jsdom has neither.
    vi.stubGlobal('CSSStyleSheet', class { replaceSync() {} });
    Object.defineProperty(HTMLElement.prototype, 'attachInternals', { value: () => ({ setFormValue: () => undefined, setValidity: () => undefined }), configurable: true });
    await import('./element');
  });
  beforeEach(() => document.body.replaceChildren());

  it('lists what the suite has, signed with the page’s token', async () => {
    const fake = answers(200, page([key, files]));
    const picker = element({ provider: 'openai' });

    picker.getToken = () => 'the-token';

    await vi.waitFor(() => expect(options(picker)).toEqual(['', 'k', 'm']));
    expect(fake.mock.calls[0]?.[0]).toBe('https://suite.test/api/connections?status=active&sort=name&limit=100&provider=openai');
    expect(fake.mock.calls[0]?.[1].headers).toMatchObject({ Authorization: 'Bearer the-token' });
  });

  it('takes only the allowed methods, and shows badges of the chosen one', async () => {
    answers(200, page([key, files]));
    const picker = element({ 'allowed-methods': 'mcp', value: 'm' });
    picker.getToken = () => 't';

    await vi.waitFor(() => expect(options(picker)).toEqual(['', 'm']));

    expect([...inside(picker).querySelectorAll('.badge')].map(({ textContent }) => textContent)).toEqual(['MCP', '4 tools']);
  });

  it('lists every page', async () => {
    const pages: Record<string, unknown> = { first: page([key], 'c1'), c1: page([files]) };
    const fake = vi.fn((url: string) => Promise.resolve(new Response(JSON.stringify(pages[new URL(url).searchParams.get('cursor') ?? 'first']))));
    vi.stubGlobal('fetch', fake);
    const picker = element({ 'allowed-methods': 'mcp' });
    picker.getToken = () => 't';

    await vi.waitFor(() => expect(options(picker)).toEqual(['', 'm']));
    expect(fake).toHaveBeenCalledTimes(2);
  });

  it('shows a chosen one that has expired as what it is, until another is chosen', async () => {
    alsoHas(connection({ id: 'o', name: 'Team account', connection_method: 'oauth2', status: 'expired', expires_at: '2026-01-01T00:00:00Z' }));
    const picker = element({ value: 'o', required: '' });
    picker.getToken = () => 't';

    await vi.waitFor(() => expect(inside(picker).querySelector('.warn')?.textContent).toBe('The selected connection has expired.'));
    expect(options(picker)).toEqual(['', 'o', 'k']);
    expect([...inside(picker).querySelectorAll('.badge')].map(({ textContent }) => textContent)).toEqual(['OAuth']);

    picker.value = 'k';

    expect(inside(picker).querySelector('.warn')).toBeNull();
    expect(options(picker)).toEqual(['', 'k']);
  });

  it('says that a chosen one is not there any more, until another is chosen', async () => {
    alsoHas(null);
    const picker = element({ value: 'o' });
    picker.getToken = () => 't';

    await vi.waitFor(() => expect(inside(picker).querySelector('[role=alert]')?.textContent).toMatch(/not usable any more/));

    picker.value = 'k';

    expect(inside(picker).querySelector('[role=alert]')).toBeNull();
  });

  it('tells which was chosen', async () => {
    answers(200, page([key]));
    const picker = element({});
    picker.getToken = () => 't';
    await vi.waitFor(() => expect(options(picker)).toContain('k'));
    const chosen = vi.fn();
    picker.addEventListener('change', (event) => chosen((event as CustomEvent).detail.id));

    const select = inside(picker).querySelector('select') as HTMLSelectElement;
    select.value = 'k';
    select.dispatchEvent(new Event('change'));

    expect(chosen).toHaveBeenCalledWith('k');
    expect(picker.value).toBe('k');
  });

  it('says what went wrong in the suite’s words', async () => {
    answers(401, { detail: 'The token has expired.' });
    const picker = element({});
    picker.getToken = () => 't';

    await vi.waitFor(() => expect(inside(picker).querySelector('[role=alert]')?.textContent).toBe('The token has expired.'));
  });

  it('chooses what the suite’s page made, and believes nobody else', async () => {
    let all = [key];
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(page(all)))));
    const popup = { closed: false } as Window;
    vi.spyOn(window, 'open').mockReturnValue(popup);
    const picker = element({});
    picker.getToken = () => 't';
    await vi.waitFor(() => expect(options(picker)).toContain('k'));
    inside(picker).querySelector('button')?.click();

    const data = { type: 'oauth_success', connection: files };
    window.dispatchEvent(new MessageEvent('message', { origin: 'https://evil.test', source: popup, data: { ...data, connection: key } }));
    all = [key, files];
    window.dispatchEvent(new MessageEvent('message', { origin: 'https://suite.test', source: popup, data }));

    await vi.waitFor(() => expect(picker.value).toBe('m'));
  });
});
