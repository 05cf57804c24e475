import { useSyncExternalStore } from 'react';

/** The address bar as a store. Pages are few and flat, so a path is compared, not matched by patterns. */
const listeners = new Set<() => void>();
const changed = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('popstate', changed);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      removeEventListener('popstate', changed);
    }
  };
}

export function navigate(target: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', target);
  changed();
}

export function usePlace(): { path: string; search: URLSearchParams } {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [path = '/', query = ''] = href.split('?');
  return { path: path.length > 1 ? path.replace(/\/+$/, '') : path, search: new URLSearchParams(query) };
}

/** Lets the browser do what it does for modified clicks. */
export function isPlainClick(event: React.MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
}
