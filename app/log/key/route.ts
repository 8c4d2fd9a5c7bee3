import { readLogIdentity } from '@/lib/domain/sealing'
import { db } from '@/lib/infra/db'
import { logKeys } from '@/lib/infra/log-key'

export const dynamic = 'force-dynamic'

/** Who the log is: the key that signs now, the first one, and the signed notes that lead from the one to the other. */
export async function GET(): Promise<Response> {
  const { origin, firstKey, handovers, signer } = await readLogIdentity(db(), logKeys())
  return Response.json(
    { origin, vkey: signer.verifier.vkey, firstKey, handovers },
    { headers: { 'Cache-Control': 'public, max-age=60' } },
  )
}
