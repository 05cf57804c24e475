import { Loader } from '@mantine/core';
import { strings } from '@/strings';
import classes from './Waiting.module.css';

export function Waiting() {
  return (
    <div className={classes.waiting} role="status" aria-label={strings.loading}>
      <Loader size="sm" aria-hidden="true" />
    </div>
  );
}
