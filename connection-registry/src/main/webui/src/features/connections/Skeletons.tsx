import { Skeleton } from '@mantine/core';
import { strings } from '@/strings';
import cards from './Cards.module.css';
import classes from './ConnectionCard.module.css';

const COUNT = 6;

export function CardSkeletons() {
  return (
    <div role="status" aria-label={strings.loading} className={cards.grid}>
      {Array.from({ length: COUNT }, (_none, index) => (
        <div key={index} className={classes.card} aria-hidden="true">
          <div className={classes.head}>
            <Skeleton height={40} width={40} radius="md" />
            <div className={classes.names}><Skeleton height={14} width="60%" mb={8} /><Skeleton height={12} width="35%" /></div>
          </div>
          <Skeleton height={22} width="45%" radius="sm" />
          <Skeleton height={12} width="70%" />
        </div>
      ))}
    </div>
  );
}
