import { FileText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import type { BatchProof } from '@/lib/queries/batch-shown'

/** Proofs of a batch's source: pictures are seen here, documents are saved. */
export function SourceProofs({ proofs }: { proofs: readonly BatchProof[] }) {
  const t = useTranslations('batches.proofs')
  if (proofs.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {proofs.map((proof) => (
        <ProofItem key={proof.id} proof={proof} />
      ))}
    </ul>
  )
}

function ProofItem({ proof: { id, fileName, contentType, byteCount, sha256, createdAt } }: { proof: BatchProof }) {
  const t = useTranslations('batches.proofs')
  const href = `/api/proofs/${id}`
  const image = contentType.startsWith('image/')
  return (
    <li className="grid grid-cols-[6rem_1fr] gap-3 rounded-md border border-line p-3">
      <a
        href={href}
        {...(image ? { target: '_blank' } : { download: fileName })}
        aria-label={t(image ? 'view' : 'save', { name: fileName })}
        className="grid size-24 place-items-center overflow-hidden rounded-sm bg-sunken"
      >
        {image ? (
          // Behind a sign-in and encrypted at rest: the image optimiser must not keep a copy.
          // oxlint-disable-next-line nextjs/no-img-element
          <img src={href} alt="" loading="lazy" className="size-full object-cover" />
        ) : (
          <FileText aria-hidden className="size-8 text-ink-soft" />
        )}
      </a>
      <div className="grid min-w-0 content-start gap-1 text-sm">
        <span className="font-medium break-words">{fileName}</span>
        <span className="text-ink-soft">
          {contentType.replace(/^.*\//u, '').toUpperCase()} · {t('size', { kb: Math.ceil(byteCount / 1024) })}
        </span>
        <DateTime at={createdAt} style="second" className="text-ink-soft" />
        <span className="font-mono text-xs break-all text-ink-soft" title={t('hash')}>
          {sha256.slice(0, 16)}…
        </span>
      </div>
    </li>
  )
}
