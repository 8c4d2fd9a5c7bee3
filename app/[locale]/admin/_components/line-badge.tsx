import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { LineState } from '@/lib/queries/admin'

const TONES: Record<LineState, Tone> = { open: 'danger', matched: 'jade', explained: 'info' }

export function LineBadge({ state }: { state: LineState }) {
  const t = useTranslations('admin.reconciliation.state')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}
