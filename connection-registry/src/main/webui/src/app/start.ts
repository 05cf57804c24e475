import { useSession } from '@/auth/session';
import { loadConfig, type UiConfig } from '@/config/config';

let started: Promise<UiConfig> | undefined;

/** Once for the page, however often a component asks: a code of the identity provider can be used once. */
export function configure(): Promise<UiConfig> {
  started ??= loadConfig().then(async (config) => {
    await useSession.getState().start(config);
    return config;
  });
  return started;
}
