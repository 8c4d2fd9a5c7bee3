import { toHex } from './bytes'
import { type CdkEvent, NO_EVENT, eventPreimage } from './cdk-event'
import { digest } from './digest'

export type ChainFault = 'event-hash' | 'event-seq' | 'event-link' | 'event-owner' | 'event-first' | 'event-time'

export type ChainVerdict =
  | { readonly sound: true }
  | { readonly sound: false; readonly at: number; readonly fault: ChainFault }

/**
 * Whether the events, from the import on, are one unbroken chain of one CDK; else the position of the first bad event and
 * what is wrong with it. Needs no salt. That no event follows the last one shown is nothing a chain can tell.
 */
export async function verifyChain(events: readonly CdkEvent[]): Promise<ChainVerdict> {
  let previous: CdkEvent | null = null
  for (const [at, event] of events.entries()) {
    const fault = await faultOf(event, previous, at)
    if (fault) return { sound: false, at, fault }
    previous = event
  }
  return { sound: true }
}

async function faultOf(event: CdkEvent, previous: CdkEvent | null, at: number): Promise<ChainFault | null> {
  if (toHex(await digest(eventPreimage(event))) !== event.hash) return 'event-hash'
  if (event.seq !== at) return 'event-seq'
  if (event.prevHash !== (previous?.hash ?? NO_EVENT)) return 'event-link'
  if ((event.type === 'imported') !== (previous === null)) return 'event-first'
  if (!previous) return null
  if (event.merchantId !== previous.merchantId || event.cdkId !== previous.cdkId) return 'event-owner'
  return event.at < previous.at ? 'event-time' : null
}
