import type { CdkVault } from '@/lib/domain/stock'
import { type MasterKeys, createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { newestVersion, secret, secretVersion } from '@/lib/infra/secrets'
import { invariant } from '@/lib/kernel/invariant'

const masterKeys: MasterKeys = {
  current() {
    const version = newestVersion('master')
    invariant(version !== null, 'there is no master key; checkKeys comes before the vault')
    return version
  },
  find: (version) => secretVersion('master', version),
}

let vault: CdkVault | undefined

/** The process's vault, on the keys of this installation. It takes up a rotated master key by itself. */
export function cdkVault(): CdkVault {
  vault ??= createCdkVault(masterKeys, secret('fingerprint'))
  return vault
}
