import type { UiConfig } from '@/config/config';
import { AddFlow } from '@/features/add/AddFlow';
import { ConnectPage } from '@/features/connect/ConnectPage';
import { usePlace } from '@/router';

export function ConnectRoute({ config }: { config: UiConfig }) {
  const { search } = usePlace();
  return <ConnectPage search={search} origins={config.embed_origins} renderFlow={(flow) => <AddFlow {...flow} />} />;
}
