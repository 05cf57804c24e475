import { describe, expect, it } from 'vitest';
import type { Tool } from '@/api/types';
import { parametersOf, rowsOf } from './toolForm';

const tool: Tool = {
  name: 't', parameters: [], state: 'unchanged', approved: true,
  input_schema: {
    type: 'object', required: ['message', 'count', 'loud'],
    properties: {
      message: { type: 'string' }, count: { type: 'integer' }, loud: { type: 'boolean' }, tone: { type: 'string', enum: ['a', 'b'] },
      tags: { type: 'array', items: { type: 'string' } }, either: { type: ['string', 'number'] }, perhaps: { type: ['string', 'null'] },
    },
  },
};

describe('the form of a tool', () => {
  it('has an input for each parameter, as its schema says', () => {
    expect(rowsOf(tool).map(({ name, kind }) => [name, kind])).toEqual([
      ['message', 'text'], ['count', 'number'], ['loud', 'flag'], ['tone', 'choice'], ['tags', 'json'], ['either', 'json'], ['perhaps', 'text'],
    ]);
  });

  it('falls back to the parameters where there is no schema', () => {
    const { input_schema: _none, ...bare } = tool;

    expect(rowsOf({ ...bare, parameters: [{ name: 'path', type: 'string', required: true }] })).toMatchObject([{ name: 'path', kind: 'text', required: true }]);
  });

  it('sends values of the right types and leaves out what is empty', () => {
    const { parameters, wrong } = parametersOf(rowsOf(tool), { message: '', count: '3', tone: '', tags: '["x"]' });

    expect(wrong).toEqual({});
    expect(parameters).toEqual({ message: '', count: 3, loud: false, tags: ['x'] });
  });

  it('says which parameter is missing or no JSON', () => {
    expect(parametersOf(rowsOf(tool), { tags: '[' }).wrong).toEqual({ message: 'Fill this in', count: 'Fill this in', tags: 'This is not valid JSON.' });
  });
});
