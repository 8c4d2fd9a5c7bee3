import { z } from 'zod'
import { db } from '@/lib/infra/db'
import { proofStore } from '@/lib/infra/proofs'
import { cdkVault } from '@/lib/infra/vault'
import { type ProofReader, findStoredProof } from '@/lib/queries/stored-proof'
import { givenFile } from '@/lib/web/download'
import { type SessionUser, currentUser } from '@/lib/web/session'

/** A proof of source, opened for its own merchant, operators, and arbitrators of a case about its CDKs; to anybody else it is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const user = await currentUser()
  const id = z.uuid().safeParse((await params).id).data
  const reader = user && readerOf(user)
  if (id === undefined || !reader) return nothing
  const proof = await findStoredProof(db(), id, reader)
  if (!proof) return nothing
  const key = cdkVault().openBatchKey(proof.wrappedKey, proof.masterKeyVersion)
  return givenFile(proof.fileName, proof.contentType, await proofStore().read(key, proof.fileKey))
}

function readerOf({ id, role, merchantId }: SessionUser): ProofReader | null {
  if (role === 'OPERATOR') return 'EVERYBODY'
  if (role === 'ARBITRATOR') return { arbitratorId: id }
  return role === 'MERCHANT' && merchantId !== null ? { merchantId } : null
}
