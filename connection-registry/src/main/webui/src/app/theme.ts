import { createTheme } from '@mantine/core';

/** Colours are in theme.css: as a style sheet of the build they need no styles in the page, which the policy forbids. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});
