/** The `Mcp-Param-*` headers of a 2026-07-28 tool call: arguments whose schema carries `x-mcp-header`. */
const PLAIN = /^[\x20-\x7e]*$/;

export function paramHeaders({ properties = {} } = {}, args = {}) {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, schema]) => schema['x-mcp-header'] && args[name] !== undefined && args[name] !== null)
      .map(([name, schema]) => [`mcp-param-${schema['x-mcp-header'].toLowerCase()}`, encoded(String(args[name]))]),
  );
}

function encoded(value) {
  const plain = PLAIN.test(value) && value === value.trim() && !value.startsWith('=?base64?');
  return plain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;
}
