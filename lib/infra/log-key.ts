import type { LogKeys } from '@/lib/domain/sealing'
import { ConfigError, env } from '@/lib/infra/env'
import { secret, secretVersion, versionName, versionVariable } from '@/lib/infra/secrets'

/** The keys of this installation's log; the first is made when it is not there, those after a handover never are. */
export function logKeys(): LogKeys {
  return {
    name: env().KEYBOND_LOG_NAME,
    seed: (version) => new Uint8Array(version === 1 ? secret('log') : later(version)),
  }
}

function later(version: number): Buffer {
  const bytes = secretVersion('log', version)
  if (bytes) return bytes
  throw new ConfigError(
    `The key ${versionName('log', version)}, to which the provenance log was handed over, is missing; put secrets/${versionName('log', version)}.key back into the data folder from a backup, or set ${versionVariable('log', version)}.`,
  )
}
