import {
  AccountAnswer,
  AccountLinkAnswer,
  DisputeAnswer,
  MovementsAnswer,
  OpenPaymentAnswer,
  PaymentAnswer,
  RefundAnswer,
  TransferAnswer,
} from '@/lib/bank/protocol'
import {
  type PaymentProvider,
  type ProviderDispute,
  ProviderRefused,
  type ProviderTransfer,
} from '@/lib/domain/payments/provider'
import { type SandboxLine, sandboxCall } from './sandbox-call'
import { SANDBOX_EVENTS, parseSandboxEvent } from './sandbox-events'

export interface SandboxOptions extends SandboxLine {
  /** Where the bank sends its callbacks: this application. */
  readonly appUrl: string
}

/**
 * The sandbox bank as a payment provider, over HTTP like any other. It keeps its idempotency keys as long as its books
 * (a unique column), so `retry` needs no look-up here: the same key again is the look-up.
 */
export function createSandboxProvider(options: SandboxOptions): PaymentProvider {
  const { appUrl, key } = options
  const { find, write } = sandboxCall(options)
  const notifyUrl = new URL('/api/webhooks/sandbox', appUrl).href
  return {
    name: 'sandbox',
    eventTypes: SANDBOX_EVENTS,
    async openPayment({ checkoutId, expiresAt, ...facts }) {
      const order = { ...facts, reference: checkoutId, notifyUrl, payBy: expiresAt.toISOString() }
      const { id, payUrl } = await write('/bank/api/payments', OpenPaymentAnswer, order, `checkout:${checkoutId}`)
      return { providerRef: id, payUrl }
    },
    async fetchPayment(providerRef) {
      const found = await find(pathTo('payments', providerRef), PaymentAnswer)
      if (!found) return null
      const captures = found.captures.map(({ id, capturedAt, ...money }) => ({
        ...money,
        captureRef: id,
        capturedAt: new Date(capturedAt),
      }))
      return { providerRef: found.id, reference: found.reference, captures }
    },
    async refund({ refundId, attempt, captureRef: captureId, amountMinor }) {
      const input = { captureId, amountMinor }
      return asRefund(await write('/bank/api/refunds', RefundAnswer, input, `refund:${refundId}:${attempt}`))
    },
    async fetchRefund(refundRef) {
      const found = await find(pathTo('refunds', refundRef), RefundAnswer)
      return found && asRefund(found)
    },
    async openAccount({ merchantId, ...facts }) {
      const input = { ...facts, notifyUrl }
      return asAccount(await write('/bank/api/accounts', AccountAnswer, input, `account:${merchantId}`))
    },
    async accountLink({ accountRef, ...input }) {
      const { url } = await write(`${pathTo('accounts', accountRef)}/links`, AccountLinkAnswer, input)
      return url
    },
    async fetchAccount(accountRef) {
      const found = await find(pathTo('accounts', accountRef), AccountAnswer)
      return found && asAccount(found)
    },
    async transfer({ payoutId, accountRef: accountId, amountMinor, currency }) {
      const input = { accountId, amountMinor, currency }
      return asTransfer(await write('/bank/api/transfers', TransferAnswer, input, `payout:${payoutId}`))
    },
    async fetchTransfer(transferRef) {
      const found = await find(pathTo('transfers', transferRef), TransferAnswer)
      return found && asTransfer(found)
    },
    async fetchDispute(disputeRef) {
      const found = await find(pathTo('disputes', disputeRef), DisputeAnswer)
      return found && asDispute(found)
    },
    async answerDispute({ disputeRef, evidence }) {
      const path = `${pathTo('disputes', disputeRef)}/evidence`
      return asDispute(await write(path, DisputeAnswer, evidence, `dispute:${disputeRef}`))
    },
    async listMovements({ since, cursor }) {
      const query = new URLSearchParams({ since: since.toISOString(), ...(cursor === null ? {} : { cursor }) })
      const page = await find(`/bank/api/movements?${query.toString()}`, MovementsAnswer)
      if (!page) throw new ProviderRefused('sandbox bank has no list of movements')
      const movements = page.movements.map(({ id, sourceId, paymentId, at, ...facts }) => ({
        ...facts,
        movementRef: id,
        sourceRef: sourceId,
        providerRef: paymentId,
        // This bank keeps nothing for itself.
        feeMinor: 0,
        at: new Date(at),
      }))
      return { movements, next: page.next }
    },
    parseEvent: (rawBody, signature, now) => parseSandboxEvent(key, rawBody, signature, now),
  }
}

function pathTo(noun: string, ref: string): string {
  return `/bank/api/${noun}/${encodeURIComponent(ref)}`
}

function asRefund({ id, ...facts }: RefundAnswer) {
  return { refundRef: id, ...facts }
}

function asAccount({ id, ...facts }: AccountAnswer) {
  return { accountRef: id, ...facts }
}

function asTransfer({ id, ...facts }: TransferAnswer): ProviderTransfer {
  return { transferRef: id, ...facts }
}

function asDispute({ id, captureId, openedAt, evidenceDueAt, ...facts }: DisputeAnswer): ProviderDispute {
  const [opened, due] = [new Date(openedAt), new Date(evidenceDueAt)]
  return { ...facts, disputeRef: id, captureRef: captureId, openedAt: opened, evidenceDueAt: due }
}
