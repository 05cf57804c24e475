/**
 * What other frontends embed, one file each under a name that stays: `--mode element` for the custom element, which needs
 * nothing, `--mode react` for the library of React applications. A shared chunk would change its name under a cached file.
 */
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const ENTRIES: Record<string, Record<string, string>> = {
  element: { 'connection-picker': 'src/embed/element.ts' },
  react: { 'connections-react': 'src/embed/react.ts' },
};

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'target/resources/embed',
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    reportCompressedSize: false,
    cssCodeSplit: false,
    lib: { entry: ENTRIES[mode] ?? {}, formats: ['es'], cssFileName: 'connections-react' },
    rollupOptions: { external: ['react', 'react-dom', 'react/jsx-runtime'] },
  },
}));
