import classes from './Disclosure.module.css';
import { Icon } from './icons';

/** The browser's own: it opens by key, by find-in-page and by a link without any script. */
export function Disclosure({ label, children }: { label: React.ReactNode; children: React.ReactNode }) {
  return (
    <details className={classes.details}>
      <summary className={classes.summary}><Icon name="chevronDown" size={16} className={classes.mark} />{label}</summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
