/** As much of a component library as one element needs. */
export type Child = string | HTMLElement | false | null;

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | boolean>, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child): child is string | HTMLElement => child !== false && child !== null));
  return made;
}
