import type { Logger } from 'pino'
import { db, inTransaction } from '@/lib/infra/db'
import { createLog } from '@/lib/infra/log'
import { callbackSignature, providerNamed } from '@/lib/infra/payments'
import { lastHop } from '@/lib/web/client-ip'
import { answerCallback } from '@/lib/web/provider-callback'
import { limit } from '@/lib/web/rate-limit'

// Made at the first callback: a build loads this file without an environment.
let log: Logger | undefined

/** Where payment providers send their callbacks: every configured one, also after another took over new payments. */
export async function POST(request: Request, { params }: RouteContext<'/api/webhooks/[provider]'>): Promise<Response> {
  const provider = providerNamed((await params).provider)
  if (!provider) return new Response(null, { status: 404 })
  log ??= createLog('payments')
  return answerCallback(
    {
      run: (work) => inTransaction(db(), work),
      provider,
      now: new Date(),
      signature: callbackSignature(provider.name, request.headers),
      countForged: () => limit('callback:ip', lastHop(request.headers.get('x-forwarded-for'))),
      log: (fields, message) => log?.info(fields, message),
    },
    request,
  )
}
