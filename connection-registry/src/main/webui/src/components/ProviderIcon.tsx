import { useEffect, useState } from 'react';
import classes from './ProviderIcon.module.css';

type Pictures = Record<string, [colour: string, path: string]>;

// Not part of the first load: initials stand in until the pictures are there.
let pictures: Pictures | undefined;
let loading: Promise<Pictures> | undefined;

const load = () => (loading ??= import('virtual:provider-icons').then((module) => (pictures = module.default)));

const HUES = 360;

/** The provider's picture, or its initials on a colour that its key always gets. */
export function ProviderIcon({ slug, name, size = 40 }: { slug: string; name: string; size?: number }) {
  const [known, setKnown] = useState(pictures);
  useEffect(() => {
    if (!known) {
      void load().then(setKnown, () => undefined);
    }
  }, [known]);

  const picture = known?.[slug];
  const style = { '--icon-size': `${size}px`, '--hue': hueOf(slug) } as React.CSSProperties;
  if (picture) {
    const [colour, path] = picture;
    return (
      <span className={classes.picture} style={{ ...style, '--brand': colour } as React.CSSProperties} aria-hidden="true">
        <svg viewBox="0 0 24 24" data-dark={isDark(colour) || undefined}><path d={path} /></svg>
      </span>
    );
  }
  return <span className={classes.initials} style={style} aria-hidden="true">{initials(name)}</span>;
}

function initials(name: string): string {
  const words = name.split(/[\s.-]+/).filter(Boolean);
  const [first = '?', second] = words;
  return (second ? (first[0] ?? '') + (second[0] ?? '') : first.slice(0, 2)).toUpperCase();
}

function hueOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % HUES, 7);
}

/** Too dark to be seen on a dark surface; such pictures take the text's colour there. */
function isDark(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 70;
}
