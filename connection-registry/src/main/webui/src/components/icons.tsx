import type { SVGProps } from 'react';

/** Stroke icons in a 24 × 24 box; they decorate, so no screen reader hears of them. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.9-4.9',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  check: 'M5 12.5 10 17l9-10',
  alert: 'M12 8.5v4.5M12 16.5h.01M10.3 4.2 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0Z',
  info: 'M12 11v5M12 8h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  refresh: 'M20 11a8 8 0 0 0-14.3-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.3 4l1.7-2m0 5v-5h-5',
  trash: 'M4 7h16M9 7V4.5h6V7m3.5 0-.8 12.1a1.5 1.5 0 0 1-1.5 1.4H7.8a1.5 1.5 0 0 1-1.5-1.4L5.5 7M10 11v5.5M14 11v5.5',
  edit: 'M4 20h4L19 9a2.1 2.1 0 0 0-3-3L5 17l-1 3ZM14 7l3 3',
  pulse: 'M3 12h4l3-8 4 16 3-8h4',
  key: 'M14.5 9.5 20 4m-3 3 2.5 2.5M9 20a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.5-8.5 4-4',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  tool: 'M14.7 6.3a4 4 0 0 0 5 5L12 19a2.8 2.8 0 0 1-4-4l7.7-7.7M14.7 6.3 17 4a5 5 0 0 0-6.7 6',
  code: 'm8 8-4 4 4 4m8-8 4 4-4 4M13.5 5l-3 14',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  arrowLeft: 'M19 12H5m6-6-6 6 6 6',
  arrowRight: 'M5 12h14m-6-6 6 6-6 6',
  external: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  auto: 'M4 5h16v11H4zM9 20h6M12 16v4',
  link: 'M13.5 10.5 10.5 13.5M12 7.5l2-2a4.2 4.2 0 0 1 6 6l-2 2M12 16.5l-2 2a4.2 4.2 0 0 1-6-6l2-2',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  play: 'M7 5v14l12-7z',
  shield: 'M12 3 5 6v5.5c0 4.3 2.9 7.8 7 9.5 4.1-1.7 7-5.2 7-9.5V6l-7-3ZM9 12l2.2 2.2L15.5 10',
  chevronDown: 'm6 9 6 6 6-6',
  download: 'M12 4v11m-5-4 5 5 5-5M4 20h16',
  server: 'M5 4h14a1 1 0 0 1 1 1v5H4V5a1 1 0 0 1 1-1Zm-1 6h16v8a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-8ZM8 7h.01M8 14.5h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18, ...rest }: { name: IconName; size?: number } & Omit<SVGProps<SVGSVGElement>, 'name'>) {
  return (
    <svg
      width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false" {...rest}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
