import type { CdkVault } from '@/lib/domain/stock'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { secret } from '@/lib/infra/secrets'

let vault: CdkVault | undefined

/** The process's vault, on the keys of this installation. */
export function cdkVault(): CdkVault {
  vault ??= createCdkVault(secret('master'), secret('fingerprint'))
  return vault
}
