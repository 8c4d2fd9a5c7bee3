import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '@/lib/infra/db'
import type { Stall } from './market'
import { buy } from './purchase'

/** Buys at a fixed rate, whether the purchases before have finished or not, until `stop`; the milliseconds each took, waiting included. */
export async function sellAtRate(
  db: Db,
  stalls: readonly Stall[],
  perSecond: number,
  stop: AbortSignal,
): Promise<number[]> {
  const times: number[] = []
  const open: Promise<void>[] = []
  const began = performance.now()
  for (let nth = 0; !stop.aborted; nth++) {
    const due = began + (nth * 1_000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    const stall = stalls[nth % stalls.length]
    if (!stall) break
    open.push(timed(db, stall, due, times))
  }
  await Promise.all(open)
  return times
}

async function timed(db: Db, stall: Stall, due: number, times: number[]): Promise<void> {
  await buy(db, stall, new Date())
  times.push(performance.now() - due)
}

/** The value that a share of all lie at or below. */
export function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
}
