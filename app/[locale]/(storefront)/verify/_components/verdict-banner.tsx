import { BadgeCheck, CircleHelp, OctagonX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'
import type { Report } from '@/lib/domain/provenance'

// Three shapes, three borders and three words: the colour only helps.
const LOOKS = {
  proved: { Icon: BadgeCheck, box: 'border-2 border-jade-solid bg-jade-wash', tint: 'text-jade' },
  refuted: { Icon: OctagonX, box: 'border-4 border-double border-danger-solid bg-danger-wash', tint: 'text-danger' },
  unproved: { Icon: CircleHelp, box: 'border-2 border-dashed border-amber-line bg-amber-wash', tint: 'text-amber' },
} as const

/** The verdict of a report, and of which file and subject it speaks. */
export function VerdictBanner({ report, file }: { report: Report; file: string }) {
  const t = useTranslations('provenance')
  const { verdict, bundle } = report
  const about =
    bundle && t(bundle.subject.kind === 'order' ? 'verify.aboutOrder' : 'verify.aboutCdk', { id: bundle.subject.id })
  return <VerdictOf verdict={verdict} about={about} file={file} />
}

interface Props {
  readonly verdict: Report['verdict']
  /** What the file says it is about; null when it cannot be read. */
  readonly about: string | null
  readonly file: string
}

export function VerdictOf({ verdict, about, file }: Props) {
  const t = useTranslations('provenance')
  const { Icon, box, tint } = LOOKS[verdict]
  return (
    <div className={cx('flex items-start gap-4 rounded-lg p-4 sm:p-5', box)} data-verdict={verdict}>
      <Icon aria-hidden className={cx('size-10 shrink-0 sm:size-12', tint)} />
      <div className="grid min-w-0 gap-1">
        <p className={cx('text-2xl font-semibold', tint)}>{t(`verdict.${verdict}`)}</p>
        <p>{t(`verdict.${verdict}Text`)}</p>
        <p className="text-sm break-all text-ink-soft">
          {about !== null && <span className="block">{about}</span>}
          <bdi className="block">{t('verify.of', { file })}</bdi>
        </p>
      </div>
    </div>
  )
}
