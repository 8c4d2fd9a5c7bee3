import { getTranslations } from 'next-intl/server'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findImportProofs } from '@/lib/queries/merchant'
import { SourceProofs } from '../../../../_console/source-proofs'
import { ProofForm } from './proof-form'

/** Proofs of an import that waits for its merchant; where the category asks for some, it starts only with one. */
export async function ImportProofs({ merchantId, importId }: { merchantId: string; importId: string }) {
  const found = await findImportProofs(db(), merchantId, importId)
  if (!found) return null
  const t = await getTranslations('batches.proofs')
  return (
    <Card title={t('title')} id="proofs">
      <div className="grid gap-4">
        <p className={found.requiresProof && found.proofs.length === 0 ? 'font-medium text-amber' : 'text-ink-soft'}>
          {t(found.requiresProof ? 'importHint' : 'importOptional')}
        </p>
        {found.proofs.length > 0 && <SourceProofs proofs={found.proofs} />}
        <ProofForm of={{ importId }} count={found.proofs.length} />
      </div>
    </Card>
  )
}
