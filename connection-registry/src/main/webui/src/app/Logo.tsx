import { strings } from '@/strings';
import classes from './Logo.module.css';

export function Logo() {
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#4c5fd5" />
        <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
          <path d="M13.4 18.6 18.6 13.4" /><path d="M12 13.2 9.9 15.3a4.8 4.8 0 0 0 6.8 6.8L18.8 20" /><path d="m20 18.8 2.1-2.1a4.8 4.8 0 0 0-6.8-6.8L13.2 12" />
        </g>
      </svg>
      {strings.product}
    </span>
  );
}
