export type Context = Readonly<Record<string, unknown>>;

/** Puts values of the context in place of `${name}` and `${name.of.a.member}`, in texts and in all that holds texts. */
export function interpolate<T>(template: T, context: Context): T {
  return filled(template, context) as T;
}

function filled(template: unknown, context: Context): unknown {
  if (typeof template === 'string') {
    return template.replace(/\$\{([\w.]+)\}/g, (_whole, path: string) => textAt(context, path));
  }
  if (Array.isArray(template)) {
    return template.map((element) => filled(element, context));
  }
  return typeof template === 'object' && template !== null
    ? Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, context)]))
    : template;
}

function textAt(context: Context, path: string): string {
  let value: unknown = context;
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (value === undefined) {
    throw new Error(`The workflow has no "${path}" at this point.`);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
