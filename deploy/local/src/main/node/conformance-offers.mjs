/** The tools, prompts and resources that the scenarios of the conformance suite name. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';
const CAPABILITY = { 'elicitation/create': 'elicitation', 'sampling/createMessage': 'sampling', 'roots/list': 'roots' };
const KEY = randomBytes(32);

export const capabilities = { tools: {}, prompts: {}, resources: { subscribe: true }, completions: {}, logging: {} };

/** Ends a call with questions, which the client answers with its next one. */
export class InputRequired extends Error {
  constructor(result) {
    super('input required');
    this.result = result;
  }
}

export class MissingCapability extends Error {
  constructor(capability) {
    super(`the client must offer ${capability}`);
    this.required = { [capability]: {} };
  }
}

const invalid = (message, data) => Object.assign(new Error(message), { code: -32602, data });
const text = value => ({ type: 'text', text: value });
const content = (...blocks) => ({ content: blocks });
const image = { type: 'image', data: PNG, mimeType: 'image/png' };
const object = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const string = { type: 'string' };
const elicitation = (message, properties) => ({ method: 'elicitation/create', params: { message, requestedSchema: object(properties) } });
const sampling = (question, maxTokens) => ({
  method: 'sampling/createMessage', params: { messages: [{ role: 'user', content: text(question) }], maxTokens },
});
const roots = { method: 'roots/list', params: {} };

/** A state that only this process can have made. */
function sealed(state) {
  return `${state}.${createHmac('sha256', KEY).update(state).digest('hex')}`;
}

function unsealed(given) {
  const state = String(given).split('.')[0];
  const expected = Buffer.from(sealed(state));
  const actual = Buffer.from(String(given));
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw invalid('the state is not one of ours');
  }
  return state;
}

/** The answers to all of these questions, or another round for what is missing. */
function answers(call, questions, state) {
  const given = call.params.inputResponses ?? {};
  const usable = key => given[key] !== null && typeof given[key] === 'object'
    && ['action', 'role', 'roots'].some(member => member in given[key]);
  if (!Object.keys(questions).every(usable)) {
    throw new InputRequired({ inputRequests: questions, ...(state && { requestState: sealed(state) }) });
  }
  if (state) {
    unsealed(call.params.requestState);
  }
  return given;
}

/** Asks in the way of the era: in mid-call, or by ending it. */
async function ask(call, method, params) {
  if (!call.clientCapabilities[CAPABILITY[method]]) {
    throw new Error(`the client does not offer ${CAPABILITY[method]}`);
  }
  return call.stateless ? answers(call, { question: { method, params } }).question : call.ask(method, params);
}

async function asked(call, schema) {
  const { action, content: given } = await ask(call, 'elicitation/create', { message: 'Please answer', requestedSchema: schema });
  return content(text(`Elicitation completed: action=${action}, content=${JSON.stringify(given ?? {})}`));
}

const titled = (prefix, title) => [1, 2, 3].map(n => ({ const: `${prefix}${n}`, title: `${title} ${n}` }));
const options = ['option1', 'option2', 'option3'];

const tools = {
  test_simple_text: () => content(text('This is a simple text response for testing.')),
  test_image_content: () => content(image),
  test_audio_content: () => content({ type: 'audio', data: WAV, mimeType: 'audio/wav' }),
  test_embedded_resource: () => content({
    type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'This is an embedded resource content.' },
  }),
  test_multiple_content_types: () => content(text('Multiple content types test:'), image, {
    type: 'resource', resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"test":"data","value":123}' },
  }),
  test_tool_with_logging: async call => {
    call.log('Tool execution started');
    await pause(50);
    call.log('Tool processing data');
    await pause(50);
    call.log('Tool execution completed');
    return content(text('Logged.'));
  },
  test_logging_tool: call => {
    call.log('Only for those who asked');
    return content(text('Logged.'));
  },
  test_error_handling: () => ({ ...content(text('This tool intentionally returns an error for testing')), isError: true }),
  test_tool_with_progress: async call => {
    for (const progress of [0, 50, 100]) {
      call.progress(progress, 100);
      await pause(50);
    }
    return content(text('Progressed.'));
  },
  test_sampling: async call => {
    const answer = await ask(call, 'sampling/createMessage', sampling(call.params.arguments.prompt, 100).params);
    return content(text(`LLM response: ${answer.content.text}`));
  },
  test_elicitation: async call => {
    const answer = await ask(call, 'elicitation/create', {
      message: call.params.arguments.message,
      requestedSchema: object({
        username: { ...string, description: "User's response" }, email: { ...string, description: "User's email address" },
      }),
    });
    return content(text(`User response: ${JSON.stringify(answer)}`));
  },
  test_elicitation_sep1034_defaults: call => asked(call, object({
    name: { ...string, default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { ...string, enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  }, [])),
  test_elicitation_sep1330_enums: call => asked(call, object({
    untitledSingle: { ...string, enum: options },
    titledSingle: { ...string, oneOf: titled('value', 'Option') },
    legacyEnum: { ...string, enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
    untitledMulti: { type: 'array', items: { ...string, enum: options } },
    titledMulti: { type: 'array', items: { anyOf: titled('value', 'Choice') } },
  }, [])),
  test_missing_capability: call => {
    if (!call.clientCapabilities.sampling) {
      throw new MissingCapability('sampling');
    }
    return content(text('It has it.'));
  },
  test_streaming_elicitation: call => {
    call.progress(1, 2);
    return content(text(JSON.stringify(answers(call, { user_name: elicitation('What is your name?', { name: string }) }))));
  },
  test_input_required_result_elicitation: call => {
    const { user_name: given } = answers(call, { user_name: elicitation('What is your name?', { name: string }) });
    return content(text(`Hello, ${given.content?.name}!`));
  },
  test_input_required_result_sampling: call => {
    const { capital_question: given } = answers(call, { capital_question: sampling('What is the capital of France?', 100) });
    return content(text(`It said: ${given.content?.text}`));
  },
  test_input_required_result_list_roots: call => {
    const { client_roots: given } = answers(call, { client_roots: roots });
    return content(text(`Roots: ${given.roots.map(root => root.uri).join(', ')}`));
  },
  test_input_required_result_request_state: call => {
    answers(call, { confirm: elicitation('Please confirm', { ok: { type: 'boolean' } }) }, 'confirming');
    return content(text('state-ok'));
  },
  test_input_required_result_tampered_state: call => {
    answers(call, { confirm: elicitation('Please confirm', { ok: { type: 'boolean' } }) }, 'sealed');
    return content(text('state-ok'));
  },
  test_input_required_result_multiple_inputs: call => {
    answers(call, {
      user_name: elicitation('What is your name?', { name: string }), greeting: sampling('Generate a greeting', 50), client_roots: roots,
    }, 'several');
    return content(text('All answered.'));
  },
  test_input_required_result_multi_round: call => {
    const { inputResponses, requestState } = call.params;
    if (inputResponses?.step2) {
      unsealed(requestState);
      return content(text(`Your favourite colour: ${inputResponses.step2.content?.color}`));
    }
    answers(call, { step1: elicitation('Step 1: What is your name?', { name: string }) }, 'round1');
    throw new InputRequired({
      inputRequests: { step2: elicitation('Step 2: What is your favorite color?', { color: string }) }, requestState: sealed('round2'),
    });
  },
  test_input_required_result_capabilities: call => {
    const all = { user_name: elicitation('What is your name?', { name: string }), greeting: sampling('Generate a greeting', 50) };
    const offered = Object.entries(all).filter(([, question]) => call.clientCapabilities[CAPABILITY[question.method]]);
    answers(call, Object.fromEntries(offered));
    return content(text('All answered.'));
  },
};

const ARGUMENTS = { test_sampling: object({ prompt: string }), test_elicitation: object({ message: string }) };

const user = block => ({ role: 'user', content: block });
const prompts = {
  test_simple_prompt: () => [user(text('This is a simple prompt for testing.'))],
  test_prompt_with_arguments: ({ arg1, arg2 }) => [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
  test_prompt_with_embedded_resource: ({ resourceUri }) => [
    user({ type: 'resource', resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' } }),
    user(text('Please process the embedded resource above.')),
  ],
  test_prompt_with_image: () => [user(image), user(text('Please analyze the image above.'))],
  test_input_required_result_prompt: (_, call) => {
    const { user_context: given } = answers(call, { user_context: elicitation('What context should the prompt use?', { context: string }) });
    return [user(text(`In the context of ${given.content?.context}.`))];
  },
};
const PROMPT_ARGUMENTS = { test_prompt_with_arguments: ['arg1', 'arg2'], test_prompt_with_embedded_resource: ['resourceUri'] };

function read(uri) {
  const template = /^test:\/\/template\/([^/]+)\/data$/.exec(uri);
  if (template) {
    const body = JSON.stringify({ id: template[1], templateTest: true, data: `Data for ID: ${template[1]}` });
    return { uri, mimeType: 'application/json', text: body };
  }
  switch (uri) {
    case 'test://static-text': return { uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' };
    case 'test://static-binary': return { uri, mimeType: 'image/png', blob: PNG };
    case 'test://watched-resource': return { uri, mimeType: 'text/plain', text: 'Watched.' };
    default: throw invalid('Resource not found', { uri });
  }
}

const named = (found, name) => {
  if (!found) {
    throw invalid(`there is no ${name}`);
  }
  return found;
};

export const handlers = {
  'tools/list': () => ({
    tools: Object.keys(tools).map(name => ({
      name, description: `For the scenarios: ${name}`, inputSchema: ARGUMENTS[name] ?? { type: 'object', properties: {} },
    })),
  }),
  'tools/call': async call => {
    const tool = named(tools[call.params.name], call.params.name);
    return tool(call);
  },
  'prompts/list': () => ({
    prompts: Object.keys(prompts).map(name => ({
      name, description: `For the scenarios: ${name}`,
      arguments: (PROMPT_ARGUMENTS[name] ?? []).map(argument => ({ name: argument, description: argument, required: true })),
    })),
  }),
  'prompts/get': call => ({ messages: named(prompts[call.params.name], call.params.name)(call.params.arguments ?? {}, call) }),
  'resources/list': () => ({
    resources: ['static-text', 'static-binary', 'watched-resource'].map(name => ({
      uri: `test://${name}`, name, description: `For the scenarios: ${name}`, mimeType: name === 'static-binary' ? 'image/png' : 'text/plain',
    })),
  }),
  'resources/templates/list': () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', description: 'By id', mimeType: 'application/json' }],
  }),
  'resources/read': call => ({ contents: [read(call.params.uri)] }),
  'completion/complete': () => ({ completion: { values: ['paris', 'park', 'party'], total: 3, hasMore: false } }),
};
