import type { Provider } from '@/api/types';
import { Icon } from '@/components/icons';
import { ProviderIcon } from '@/components/ProviderIcon';
import { strings } from '@/strings';
import classes from './ProviderHeading.module.css';

export function ProviderHeading({ provider, method }: { provider: Provider; method: string }) {
  return (
    <div className={classes.heading}>
      <ProviderIcon slug={provider.icon ?? provider.key} name={provider.name} />
      <div className={classes.words}>
        <p className={classes.name}>{provider.name}</p>
        <p className={classes.method}>{method}</p>
      </div>
      {provider.docs_url && (
        <a className={classes.docs} href={provider.docs_url} target="_blank" rel="noreferrer">{strings.add.docs}<Icon name="external" size={14} /></a>
      )}
    </div>
  );
}
