import { Alert } from '@/components/Alert';
import type { DraftOutcome } from './useDraft';

export function Outcome({ outcome }: { outcome: DraftOutcome }) {
  return outcome && <Alert tone={outcome.tone} title={outcome.title}>{outcome.text}</Alert>;
}
