import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import { clientWords } from '@/components/client-messages'
import { EvidencePanel } from './evidence-panel'

/** Where a form without JavaScript sends its file. */
const FORM_TARGET = '/api/evidence'

/**
 * Adds evidence to a case: several files at once, each in parts that go on after a break or a reload. Brings its own words, so it may stand on any
 * server-rendered page of the case. `kinds`: what helps with this failure; empty: any. Without JavaScript a plain form takes one small file and
 * comes back to the page.
 */
export async function EvidenceUpload({
  complaintId,
  kinds,
  action = FORM_TARGET,
}: {
  complaintId: string
  kinds: readonly string[]
  action?: string
}) {
  const all = await getMessages()
  const words = { ...clientWords(all), evidence: all.evidence, refusals: { evidence: all.refusals.evidence } }
  return (
    <NextIntlClientProvider messages={words}>
      <EvidencePanel complaintId={complaintId} kinds={kinds} action={action} />
    </NextIntlClientProvider>
  )
}
