/** What a user answers who agrees to everything, and values that fit a schema. */

/** A value that fits, the default where there is one. Covers what the scenarios ask for, not JSON Schema. */
export function sample(schema = {}) {
  if (schema.default !== undefined) {
    return schema.default;
  }
  if (schema.const !== undefined || schema.enum) {
    return schema.const ?? schema.enum[0];
  }
  switch (schema.type) {
    case 'object': return sampleObject(schema);
    case 'array': return [];
    case 'number':
    case 'integer': return 5;
    case 'boolean': return true;
    default: return schema.oneOf ? sample(schema.oneOf[0]) : 'us-west1';
  }
}

/** Everything that is required, and what has a default. */
export function sampleObject({ properties = {}, required = [] }) {
  const wanted = Object.entries(properties).filter(([name, schema]) => required.includes(name) || schema.default !== undefined);
  return Object.fromEntries(wanted.map(([name, schema]) => [name, sample(schema)]));
}

export function answerTo(method, params) {
  switch (method) {
    case 'elicitation/create': return { action: 'accept', content: sampleObject(params.requestedSchema ?? {}) };
    case 'sampling/createMessage':
      return { role: 'assistant', model: 'none', stopReason: 'endTurn', content: { type: 'text', text: 'Certainly.' } };
    case 'roots/list': return { roots: [{ uri: 'file:///work', name: 'work' }] };
    default: return {};
  }
}
