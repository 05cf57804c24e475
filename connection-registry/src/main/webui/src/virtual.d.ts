declare module 'virtual:provider-icons' {
  const pictures: Record<string, [colour: string, path: string]>;
  export default pictures;
}
