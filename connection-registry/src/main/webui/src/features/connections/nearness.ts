/** Where an element is: within a screen's height of what is seen, or not, and how tall it was last. */
export interface Nearness {
  near: boolean;
  height: number;
}

type Listener = (place: Nearness) => void;

const listeners = new WeakMap<Element, Listener>();
let observer: IntersectionObserver | undefined;

/** Tells whenever the element comes near the screen or goes from it. One that has the focus stays. */
export function watchNearness(element: Element, listener: Listener): () => void {
  if (!('IntersectionObserver' in globalThis)) {
    listener({ near: true, height: 0 });
    return () => undefined;
  }
  observer ??= new IntersectionObserver((entries) => entries.forEach(tell), { rootMargin: '100% 0px' });
  const mine = observer;
  listeners.set(element, listener);
  mine.observe(element);
  return () => mine.unobserve(element);
}

function tell({ target, isIntersecting, boundingClientRect: { height } }: IntersectionObserverEntry): void {
  if (isIntersecting || !target.contains(document.activeElement)) {
    listeners.get(target)?.({ near: isIntersecting, height });
  }
}
