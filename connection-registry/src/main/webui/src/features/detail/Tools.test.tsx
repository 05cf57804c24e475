import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { connection, fakeApi } from '@/testing/fakeApi';
import { show } from '@/testing/render';
import { Tools } from './Tools';

const HASH = 'a'.repeat(64);
const mcp = connection({
  connection_method: 'mcp',
  mcp_tools: [{ name: 'echo', description: 'Echoes', parameters: [], inputSchema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } } }],
});
const reviewed = {
  tools: [
    { name: 'echo', hash: HASH, state: 'unchanged', approved: true },
    { name: 'wipe', hash: HASH, state: 'changed', approved: false, annotations: { destructiveHint: true }, diff: [{ path: '/description', before: 'Lists', after: 'Deletes' }] },
  ],
  policy: { require_approval: true, allowed_tools: null },
};

describe('the tools of a connection', () => {
  it('are those it carries where the registry reviews none', async () => {
    fakeApi({});
    show(<Tools connection={mcp} />);

    expect(await screen.findByText('Echoes')).toBeInTheDocument();
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });

  it('can be tried with values of their own, and show what came back', async () => {
    const seen = fakeApi({ [`POST /api/mcp/${mcp.id}/call`]: () => ({ success: true, data: { text: 'Echo: hi' } }) });
    show(<Tools connection={mcp} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Try echo' }));
    const form = within(screen.getByRole('form', { name: 'Try echo' }));

    await userEvent.click(form.getByRole('button', { name: 'Run' }));
    expect(form.getByText('Fill this in')).toBeInTheDocument();
    await userEvent.type(form.getByLabelText(/message/), 'hi');
    await userEvent.click(form.getByRole('button', { name: 'Run' }));

    expect(await form.findByText('Echo: hi')).toBeInTheDocument();
    expect(seen.at(-1)?.body).toEqual({ tool: 'echo', parameters: { message: 'hi' } });
  });

  it('show what a server changed, and are approved by their hash', async () => {
    const seen = fakeApi({
      [`GET /api/connections/${mcp.id}/tools`]: () => ({ success: true, data: reviewed }),
      [`PUT /api/connections/${mcp.id}/tools/policy`]: () => ({ success: true, data: reviewed }),
    });
    show(<Tools connection={mcp} />);
    expect(await screen.findByText('Deletes')).toBeInTheDocument();
    expect(screen.getByText('May delete or overwrite')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Approve these tools' }));

    await waitFor(() => expect(seen.find(({ method }) => method === 'PUT')?.body).toEqual({ approve: [{ name: 'wipe', hash: HASH }] }));
  });

  it('are forbidden one by one', async () => {
    const seen = fakeApi({
      [`GET /api/connections/${mcp.id}/tools`]: () => ({ success: true, data: reviewed }),
      [`PUT /api/connections/${mcp.id}/tools/policy`]: () => ({ success: true, data: reviewed }),
    });
    show(<Tools connection={mcp} />);

    await userEvent.click(await screen.findByRole('switch', { name: 'Allow workflows to use wipe' }));

    await waitFor(() => expect(seen.find(({ method }) => method === 'PUT')?.body).toEqual({ allowed_tools: ['echo'] }));
  });
});
