import { readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** What says that nothing can be done about it: gone, not ours, or no such folder as /proc. */
const CANNOT = new Set(['ENOENT', 'ESRCH', 'EPERM', 'EACCES', 'ERR_SYSTEM_ERROR'])

/** This process lets others go first wherever there is not enough for all. */
export function stepBack(): void {
  setPriority(constants.priority.PRIORITY_LOW)
}

/**
 * The same for a backend of a PostgreSQL on this machine, which does the larger half of a bulk load. Elsewhere, or run by somebody
 * else, it keeps its priority: a process that does not call itself postgres is never touched.
 */
export function backendStepsBack(pid: number): void {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres')) return
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && CANNOT.has(String(error.code)))) throw error
  }
}
