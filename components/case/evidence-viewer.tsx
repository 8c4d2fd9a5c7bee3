import { FileText } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { CaseSide } from '@/lib/infra/prisma/enums'

const MB = 1024 * 1024

export interface ShownEvidence {
  readonly id: string
  readonly fileName: string
  readonly kind: string
  readonly contentType: string | null
  readonly byteCount: number
  /** Hex. */
  readonly sha256: string | null
  readonly side: CaseSide
  readonly at: Date
}

/** The files of a case: pictures and videos in the page, documents to save, each with its fingerprint. */
export function EvidenceViewer({ files }: { files: readonly ShownEvidence[] }) {
  const t = useTranslations('evidence')
  if (files.length === 0) return <p className="text-ink-soft">{t('empty')}</p>
  return (
    <ul className="grid gap-4 lg:grid-cols-2">
      {files.map((file) => (
        <EvidenceItem key={file.id} file={file} />
      ))}
    </ul>
  )
}

function EvidenceItem({ file }: { file: ShownEvidence }) {
  const [t, format] = [useTranslations('evidence'), useFormatter()]
  const { fileName: name, byteCount, sha256, side, at } = file
  const kind = `kind.${file.kind}`
  const figure = (value: number) => format.number(value, { maximumFractionDigits: 1 })
  const size =
    byteCount < MB / 10 ? t('sizeKb', { size: figure(byteCount / 1_024) }) : t('size', { size: figure(byteCount / MB) })
  return (
    <li className="grid min-w-0 content-start gap-3 rounded-md border border-line bg-surface p-3">
      <EvidenceBody file={file} />
      <div className="grid min-w-0 gap-1 text-sm">
        <p className="text-base font-medium break-all">{name}</p>
        <p>{t.has(kind as 'kind.RECORDS') ? t(kind as 'kind.RECORDS') : file.kind}</p>
        <p className="text-ink-soft">
          {t(`side.${side}`)} · {size} · <DateTime at={at} style="second" />
        </p>
        {sha256 !== null && (
          <p className="flex flex-wrap items-center gap-2 text-ink-soft">
            <span>
              {t('hash')} <code className="font-mono text-xs break-all">{sha256}</code>
            </span>
            <CopyButton text={sha256} what={t('hashOf', { name })} variant="quiet" />
          </p>
        )}
      </div>
    </li>
  )
}

function EvidenceBody({ file: { id, fileName: name, contentType } }: { file: ShownEvidence }) {
  const t = useTranslations('evidence')
  const href = `/api/evidence/${id}`
  if (contentType?.startsWith('image/')) {
    return (
      <details className="group">
        <summary className="grid cursor-pointer list-none justify-items-start gap-1">
          {/* Behind a sign-in and encrypted at rest: the image optimiser must not keep a copy. */}
          {/* oxlint-disable-next-line nextjs/no-img-element */}
          <img
            src={href}
            alt={t('picture', { name })}
            loading="lazy"
            className="max-h-40 max-w-full rounded-sm bg-sunken object-contain group-open:max-h-none"
          />
          <span className="text-sm text-jade underline group-open:hidden">{t('enlarge')}</span>
        </summary>
        <a href={href} target="_blank" rel="noreferrer" className="text-sm text-jade underline">
          {t('openAlone')}
        </a>
      </details>
    )
  }
  if (contentType?.startsWith('video/')) {
    return (
      // A party's own recording: there is nobody who could caption it.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        src={href}
        controls
        preload="metadata"
        aria-label={t('video', { name })}
        className="max-h-112 w-full rounded-sm bg-sunken"
      />
    )
  }
  return (
    <a href={href} download={name} className={buttonClass({ variant: 'secondary', size: 'sm' })}>
      <FileText aria-hidden />
      {t('pdf')}
    </a>
  )
}
