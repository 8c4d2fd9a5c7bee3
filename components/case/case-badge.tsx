import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { CaseView } from '@/lib/queries/case'

const TONES: Record<CaseView['state'], Tone> = {
  OPEN: 'amber',
  OFFERED: 'amber',
  ASKED: 'amber',
  CONTESTED: 'amber',
  ESCALATED: 'info',
  RULED: 'info',
  APPEALED: 'info',
  CLOSED: 'neutral',
}

/** Where a case stands, in lists too. */
export function CaseBadge({ state }: { state: CaseView['state'] }) {
  const t = useTranslations('case.state')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}
