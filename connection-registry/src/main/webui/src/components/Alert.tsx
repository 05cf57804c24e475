import { CloseButton } from '@mantine/core';
import { strings } from '@/strings';
import classes from './Alert.module.css';
import { Icon } from './icons';

interface AlertProps {
  tone: 'bad' | 'good' | 'warn' | 'neutral';
  title?: string | undefined;
  children?: React.ReactNode;
  action?: React.ReactNode;
  onDismiss?: (() => void) | undefined;
}

/** Errors are announced at once, everything else when the reader pauses. */
export function Alert({ tone, title, children, action, onDismiss }: AlertProps) {
  return (
    <div className={classes.alert} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={tone === 'good' ? 'check' : tone === 'neutral' ? 'info' : 'alert'} className={classes.icon} />
      <div className={classes.body}>
        {title && <p className={classes.title}>{title}</p>}
        {children && <div className={classes.text}>{children}</div>}
      </div>
      {action}
      {onDismiss && <CloseButton aria-label={strings.dismiss} onClick={onDismiss} />}
    </div>
  );
}
