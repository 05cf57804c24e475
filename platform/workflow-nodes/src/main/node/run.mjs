/**
 * Runs the workflow of an LLM node, a Slack node and an MCP tool node against a running suite, in `java` or in `typescript`: starts
 * what stands in for the world outside, has alice make three connections, runs the nodes as a worker, and looks at what came of it.
 */
import { spawn } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Alice } from './alice.mjs';
import { filesServer } from './files-server.mjs';
import { openAi, slack } from './stand-ins.mjs';

const ALICE = '0190a1ce-0000-7000-8000-00000000a11c';
const KEY = 'sk-sample-of-alice';
const FILE = '{"greeting": "hello"}';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const JAR = here('../../../target/workflow-nodes-0.1.0-SNAPSHOT.jar');
const SCRIPT = here('../../../target/typescript/workflow.js');
/** Program, its words, and what has to be built. */
const COMMANDS = {
  java: [
    process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java'),
    ['-cp', `${here('../../../target/lib')}/*:${JAR}`, 'io.flowmaestro.connections.samples.Workflow'],
    JAR,
  ],
  typescript: [process.execPath, [SCRIPT], SCRIPT],
};

const SETTINGS = ['CONNECTIONS_URL', 'CONNECTIONS_ISSUER', 'DEMO_URL', 'WORKER_SECRET_FILE', 'NODE_PARTS', 'ALICE_TOKEN'];
const unset = SETTINGS.filter((name) => process.env[name] === undefined);
if (unset.length > 0) {
  console.error(`${unset.join(', ')} must be set. ./connections samples does that.`);
  process.exit(2);
}
const language = process.argv[2] ?? 'java';
const command = COMMANDS[language];
if (command === undefined) {
  console.error(`There are samples in ${Object.keys(COMMANDS).join(' and ')}, not in ${language}.`);
  process.exit(2);
}

if (!existsSync(command[2])) {
  console.error(`The samples are not built (${command[2]} is missing). ./connections samples builds them.`);
  process.exit(2);
}

const cleanUps = [];
try {
  await run();
} finally {
  for (const cleanUp of cleanUps.reverse()) {
    await cleanUp();
  }
}

async function run() {
  const model = kept(await openAi(KEY));
  const chat = kept(await slack(process.env.DEMO_URL));
  const files = kept(await filesServer(process.env.NODE_PARTS, FILE));
  const alice = new Alice(process.env.CONNECTIONS_URL, process.env.ALICE_TOKEN);
  cleanUps.push(() => alice.removeAll());

  console.log('Alice connects an API key, an OAuth account and an MCP server.');
  const workflow = {
    user: ALICE,
    context: {
      previous_step_output: 'a long text',
      workflow: { name: 'Nightly report' },
      environment: 'local',
      folder: files.folder,
    },
    nodes: nodes({
      llm: await alice.connect({
        name: 'Sample: OpenAI',
        connection_method: 'api_key',
        provider: 'openai',
        data: { api_key: KEY, base_url: model.url },
      }),
      integration: await alice.signInAtTheDemoProvider(),
      mcp: await alice.connect({
        name: 'Sample: files',
        connection_method: 'mcp',
        provider: 'mcp',
        data: { server_url: files.url, auth_type: 'none' },
      }),
    }),
  };

  console.log(`A worker runs the nodes for her, in ${language}:`);
  const context = await executed(workflow, { SLACK_API_URL: `${chat.url}/api` });

  assert.equal(context.summary, 'In short: Summarize: a long text');
  assert.equal(model.seen.completions, 1);
  assert.deepEqual(chat.seen.messages, [{ channel: '#notifications', text: 'Workflow completed: Nightly report' }]);
  assert.equal(context.message.channel, '#notifications');
  assert.equal(context.config, FILE);
  console.log(`  summary: ${context.summary}`);
  console.log(`  message: ${chat.seen.messages[0].text} (to ${context.message.channel})`);
  console.log(`  config:  ${context.config}`);
  console.log('All nodes did what they should.');
}

/** As users configure them. */
function nodes({ llm, integration, mcp }) {
  return [
    {
      label: '  Generate Summary',
      type: 'llm',
      config: {
        provider: 'openai',
        model: 'gpt-4',
        connectionId: llm,
        prompt: 'Summarize: ${previous_step_output}',
        temperature: 0.7,
        outputVariable: 'summary',
      },
    },
    {
      label: '  Send Slack Notification',
      type: 'integration',
      config: {
        service: 'slack',
        operation: 'send_message',
        connectionId: integration,
        config: { channel: '#notifications', text: 'Workflow completed: ${workflow.name}' },
      },
    },
    {
      label: '  Read Config File',
      type: 'mcp_tool',
      config: {
        connectionId: mcp,
        tool: 'read_text_file',
        parameters: { path: '${folder}/config/${environment}.json' },
        outputVariable: 'config',
      },
    },
  ];
}

async function executed(workflow, settings) {
  const folder = await mkdtemp(join(tmpdir(), 'connections-workflow-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'workflow.json');
  await writeFile(file, JSON.stringify(workflow));
  const [program, words] = command;
  const worker = spawn(program, [...words, file], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  worker.stdout.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => worker.on('error', reject).on('close', resolve));
  assert.equal(code, 0, `the worker ended with ${code}`);
  return JSON.parse(output);
}

function kept(part) {
  cleanUps.push(part.stop);
  return part;
}
