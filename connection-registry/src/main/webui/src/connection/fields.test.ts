import { describe, expect, it } from 'vitest';
import type { Provider } from '@/api/types';
import { dataOf, fieldsOf, headersOf, initialValues, mcpData, missingIn } from './fields';

const twilio = {
  key: 'twilio', name: 'Twilio', category: 'communication',
  methods: {
    api_key: {
      fields: [{ name: 'account_sid', label: 'Account SID', required: true }, { name: 'api_key', label: 'Auth token', hint: 'Console', secret: true, required: true }],
      config: { region: { label: 'Region', default: 'us1', values: ['us1', 'ie1'] } },
    },
  },
} as unknown as Provider;

describe('the fields of a form', () => {
  it('are the provider’s, in its order and words, then what the method takes anyway', () => {
    const fields = fieldsOf('api_key', twilio);

    expect(fields.map(({ name }) => name)).toEqual(['account_sid', 'api_key', 'region', 'api_secret', 'base_url']);
    expect(fields[1]).toMatchObject({ label: 'Auth token', hint: 'Console', secret: true, required: true, minor: false });
    expect(fields[2]).toMatchObject({ values: ['us1', 'ie1'], initial: 'us1', minor: true });
  });

  it('are the standard ones for a provider that nobody knows', () => {
    expect(fieldsOf('basic_auth', null).map(({ name }) => name)).toEqual(['username', 'password', 'host', 'port', 'database', 'ssl']);
  });

  it('say what is missing and what has the wrong form', () => {
    const fields = [{ ...fieldsOf('api_key', null)[0]!, name: 'shop', pattern: '[a-z]+' }];

    expect(missingIn(fields, {})).toEqual({ shop: 'Fill this in' });
    expect(missingIn(fields, { shop: 'A!' })).toHaveProperty('shop');
    expect(missingIn(fields, { shop: 'acme' })).toEqual({});
  });

  it('leave a pattern that only Java can read to the server', () => {
    const fields = [{ ...fieldsOf('api_key', null)[0]!, name: 'shop', pattern: '[a-z&&[^x]]++' }];

    expect(missingIn(fields, { shop: 'acme' })).toEqual({});
  });

  it('make data without what is empty, and with numbers as numbers', () => {
    const fields = fieldsOf('basic_auth', null);

    expect(dataOf('basic_auth', fields, { username: 'u', password: ' p ', port: '5432', ssl: 'true', host: '' })).toEqual({ username: 'u', password: 'p', port: 5432, ssl: true });
    expect(dataOf('api_key', fieldsOf('api_key', twilio), { ...initialValues(fieldsOf('api_key', twilio)), api_key: 'k', account_sid: 'AC1' }))
      .toEqual({ account_sid: 'AC1', api_key: 'k', region: 'us1' });
  });

  it('send an MCP server only what its authentication takes', () => {
    const values = { server_url: ' https://mcp.test/mcp ', auth_type: 'bearer', bearer_token: 't', api_key: 'left over', timeout: '5000' };

    expect(mcpData(values)).toEqual({ server_url: 'https://mcp.test/mcp', auth_type: 'bearer', bearer_token: 't', timeout: 5000 });
  });

  it('collect headers from rows that have a name', () => {
    expect(headersOf({ 'header.0.name': 'X-Key', 'header.0.value': 'v', 'header.1.name': '', 'header.1.value': 'lost' })).toEqual({ 'X-Key': 'v' });
  });
});
