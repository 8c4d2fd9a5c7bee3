import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/text-link'

interface Props {
  /** Of the route that answers with the file. */
  readonly href: string
  /** What the page's address says under `proof`: why the route led back (NoProof). */
  readonly answer: string | string[] | undefined
}

/** The proof of an order's CDKs as a file, and where anybody can verify it. */
export function ProofLink({ href, answer }: Props) {
  const t = useTranslations('provenance.proof')
  return (
    <div className="mt-4 grid gap-3 border-t border-line pt-4" id="proof">
      {(answer === 'wait' || answer === 'none') && (
        <Notice kind="warn" live title={t(`${answer}Title`)}>
          {t(`${answer}Text`)}
        </Notice>
      )}
      <p className="text-sm text-ink-soft">{t('hint')}</p>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {/* No `download`: the answer may be the page again, with the reason. */}
        <a href={href} className={buttonClass({ variant: 'secondary' })}>
          <Download aria-hidden />
          {t('download')}
        </a>
        <TextLink href="/verify" prefetch={false}>
          {t('verify')}
        </TextLink>
      </p>
    </div>
  )
}
