import { z } from 'zod'
import { db } from '@/lib/infra/db'
import { proofStore } from '@/lib/infra/proofs'
import { cdkVault } from '@/lib/infra/vault'
import { findStoredProof } from '@/lib/queries/stored-proof'
import { givenFile } from '@/lib/web/download'
import { type SessionUser, currentUser } from '@/lib/web/session'

/** A proof of source, opened for its own merchant and for operators; to anybody else it is not there. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const nothing = new Response(null, { status: 404 })
  const user = await currentUser()
  const id = z.uuid().safeParse((await params).id).data
  const owner = user && ownerOf(user)
  if (id === undefined || !owner) return nothing
  const proof = await findStoredProof(db(), id, owner.merchantId)
  if (!proof) return nothing
  const key = cdkVault().openBatchKey(proof.wrappedKey, proof.masterKeyVersion)
  return givenFile(proof.fileName, proof.contentType, await proofStore().read(key, proof.fileKey))
}

/** Whose proofs they may see: null for everybody's. */
function ownerOf({ role, merchantId }: SessionUser): { readonly merchantId: string | null } | null {
  if (role === 'OPERATOR') return { merchantId: null }
  return role === 'MERCHANT' && merchantId !== null ? { merchantId } : null
}
