/** The URL of a file of an installed package, also where the package does not export its command. */
export function part(path) {
  return new URL(`node_modules/${path}`, import.meta.url).href;
}
