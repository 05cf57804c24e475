import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { connection, fakeApi, page } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { ConnectionPicker } from './ConnectionPicker';

const key = connection({ id: 'k', name: 'Production key' });
const oauth = connection({ id: 'o', name: 'Team account', connection_method: 'oauth2' });

describe('ConnectionPicker', () => {
  it('offers the active connections of the provider, and tells which was chosen', async () => {
    const seen = fakeApi({ 'GET /api/connections': () => page([key, oauth]) });
    const onChange = vi.fn();
    show(<ConnectionPicker provider="openai" value={null} onChange={onChange} label="API Connection" description="Which account to use" required />);

    await userEvent.selectOptions(await screen.findByRole('combobox', { name: /API Connection/, description: 'Which account to use' }), await screen.findByText('Team account'));

    expect(onChange).toHaveBeenCalledWith('o');
    expect(seen[0]?.url.search).toContain('status=active');
    expect(seen[0]?.url.search).toContain('provider=openai');
  });

  it('leaves out methods that are not allowed', async () => {
    fakeApi({ 'GET /api/connections': () => page([key, oauth]) });
    show(<ConnectionPicker value={null} onChange={vi.fn()} allowedMethods={['api_key']} />);

    await screen.findByText('Production key');

    expect(screen.queryByText('Team account')).not.toBeInTheDocument();
  });

  it('lists every page, so that one behind the first hundred is found', async () => {
    const seen = fakeApi({ 'GET /api/connections': (request) => (request.url.includes('cursor=c1') ? page([oauth]) : page([key], 'c1')) });
    show(<ConnectionPicker value={null} onChange={vi.fn()} allowedMethods={['oauth2']} />);

    expect(await screen.findByText('Team account')).toBeInTheDocument();
    expect(screen.queryByText('Production key')).not.toBeInTheDocument();
    expect(seen.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'c1']);
  });

  it('shows the method of the chosen one', async () => {
    fakeApi({ 'GET /api/connections': () => page([key, oauth]) });
    show(<ConnectionPicker value="o" onChange={vi.fn()} />);

    expect(await screen.findByText('OAuth')).toBeInTheDocument();
  });

  it('warns about a chosen one that has expired', async () => {
    fakeApi({ 'GET /api/connections': () => page([key]), 'GET /api/connections/o': () => ({ success: true, data: { ...oauth, status: 'expired' } }) });
    show(<ConnectionPicker value="o" onChange={vi.fn()} />);

    expect(await screen.findByText('The selected connection has expired.')).toBeInTheDocument();
  });

  it('says that a chosen one is not there any more, until another is chosen', async () => {
    fakeApi({ 'GET /api/connections': () => page([key]) });
    const { rerender } = render(<ConnectionPicker value="o" onChange={vi.fn()} />);
    expect(await screen.findByText(/not usable any more/)).toBeInTheDocument();

    rerender(<ConnectionPicker value="k" onChange={vi.fn()} />);

    expect(screen.queryByText(/not usable any more/)).not.toBeInTheDocument();
  });

  it('says that there is none, and opens the suite’s page to make one', async () => {
    fakeApi({ 'GET /api/connections': () => page([]) });
    const open = vi.spyOn(window, 'open').mockReturnValue({ closed: true } as Window);
    show(<ConnectionPicker provider="slack" value={null} onChange={vi.fn()} allowedMethods={['oauth2']} />);
    await screen.findByText('No active connection for slack yet.');

    await userEvent.click(screen.getByRole('button', { name: 'Add connection' }));

    await waitFor(() => expect(String(open.mock.calls[0]?.[0])).toMatch(/\/connect\?origin=.*&provider=slack&methods=oauth2$/));
  });
});
