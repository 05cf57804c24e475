/**
 * Settings come from the environment only, which is how the launcher hands secrets to a process without showing them in
 * the process list. A missing one ends the process with a single line that names it.
 */

export class SettingsError extends Error {}

export function required(name, environment = process.env) {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new SettingsError(`${name} is not set. ./connections up sets it; see README.md for a start by hand.`);
  }
  return value;
}

/** A positive whole number, for ports and seconds. */
export function positiveInteger(name, fallback, environment = process.env) {
  const text = environment[name] ?? (fallback === undefined ? required(name, environment) : String(fallback));
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new SettingsError(`${name} must be a positive whole number, not "${text}".`);
  }
  return value;
}

/** An http(s) origin without a path; returned in its canonical form, so that it compares equal to an Origin header. */
export function origin(name, environment = process.env) {
  const text = required(name, environment);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new SettingsError(`${name} must be an origin such as http://localhost:8080, not "${text}".`);
  }
  return url.origin;
}
