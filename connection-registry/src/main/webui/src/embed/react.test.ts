import { expect, it } from 'vitest';
import * as library from './react';

it('exports to other frontends what the documents name', () => {
  expect(Object.keys(library).sort()).toEqual(['ConnectionPicker', 'configureConnections', 'connectionStore', 'useConnectionStore', 'useOAuth']);
  expect(library.connectionStore.getState().addConnection).toBeTypeOf('function');
});
