import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

it('the README shows an example that compiles', () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(file('../README.md'), 'utf8')) ?? [];
  expect(example).not.toBe('');
  const { config } = ts.readConfigFile(file('../tsconfig.json'), (name) => ts.sys.readFile(name));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, file('..'));
  const name = file('readme-example.ts');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const source = example.replace('@flowmaestro/connections-worker', '../src/index.js');
  host.getSourceFile = (path, ...rest) =>
    path === name ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : read(path, ...rest);
  const exists = host.fileExists.bind(host);
  host.fileExists = (path) => path === name || exists(path);

  const program = ts.createProgram([name], { ...options, noEmit: true }, host);

  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
}, 30_000);
