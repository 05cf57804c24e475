import { expect, it } from 'vitest';
import { connection } from '@/testing/fakeApi';
import { signInOf } from './signsIn';

it('tells with what a connection is signed in to anew', () => {
  expect(signInOf(connection({ connection_method: 'oauth2', provider: 'slack' }))).toBe('slack');
  expect(signInOf(connection({ connection_method: 'mcp', metadata: { config: { auth_type: 'oauth2' } } }))).toBe('mcp');
});

it('leaves those alone that hold a credential of another kind', () => {
  expect(signInOf(connection({ connection_method: 'mcp', metadata: { config: { auth_type: 'bearer' } } }))).toBeUndefined();
  expect(signInOf(connection({ connection_method: 'mcp', metadata: {} }))).toBeUndefined();
  expect(signInOf(connection({ connection_method: 'api_key' }))).toBeUndefined();
});
