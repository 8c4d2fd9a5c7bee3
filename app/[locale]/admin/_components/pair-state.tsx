import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { CdkBadge } from '../../_console/badges'

/** Where one of two equal codes is now; `refused` when it never came in. */
export function PairState({ state, refused = false }: { state: CdkState | null; refused?: boolean }) {
  const t = useTranslations('batches.pairs')
  return state ? <CdkBadge state={state} /> : <Badge tone="neutral">{t(refused ? 'refusedAtImport' : 'gone')}</Badge>
}
