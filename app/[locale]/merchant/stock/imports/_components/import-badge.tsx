import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { ImportState } from '@/lib/infra/prisma/enums'

const TONES: Record<ImportState, Tone> = {
  UPLOADED: 'amber',
  QUEUED: 'info',
  CHECKING: 'info',
  CHECKED: 'amber',
  RUNNING: 'info',
  DONE: 'jade',
  CANCELLED: 'neutral',
  REFUSED: 'danger',
  FAILED: 'danger',
}

export function ImportBadge({ state }: { state: ImportState }) {
  const t = useTranslations('imports.state')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}
