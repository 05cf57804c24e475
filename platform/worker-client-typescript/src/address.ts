const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Https, or plain http on loopback or where the caller allows it. Without a slash at its end. */
export function checkedAddress(what: string, address: string, plainHttpAllowed = false): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain = url?.protocol === 'http:' && (plainHttpAllowed || LOOPBACK.has(url.hostname));
  if (url === undefined || url.username !== '' || url.password !== '' || !(plain || url.protocol === 'https:')) {
    throw new TypeError(
      `${what} must be an https URL without user and password. Plain http is for loopback, and for a network that encrypts by itself: then set allowPlainHttp.`,
    );
  }
  return address.replace(/\/$/, '');
}
