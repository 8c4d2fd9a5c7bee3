import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Loop } from '@/lib/cli/worker-tasks'

/** How often loops turned, and how often one failed; told with the worker's health. */
export interface Beats {
  loops: number
  failures: number
}

/** Turns every loop at its own pace until `stop`. One that fails or hangs never stops the others; it is logged and turns again. */
export async function runLoops(loops: readonly Loop[], beats: Beats, log: Logger, stop: AbortSignal): Promise<void> {
  await Promise.all(loops.map((loop) => repeat(loop, beats, log, stop)))
}

async function repeat(loop: Loop, beats: Beats, log: Logger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      const done = await loop.run(new Date())
      beats.loops += 1
      if (Object.values(done).some((count) => count > 0)) log.info({ loop: loop.name, ...done }, 'swept')
    } catch (error) {
      // What was due stays due: the next round tries again.
      beats.failures += 1
      log.error({ err: error, loop: loop.name }, 'loop failed')
    }
    await pause(loop.everyMs, stop)
  }
}

/** Waits, but not beyond `stop`. */
export async function pause(delayMs: number, stop: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal: stop }).catch((error: unknown) => {
    if (!stop.aborted) throw error
  })
}
