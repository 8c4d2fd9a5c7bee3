import { after } from 'next/server'
import { handleBank } from '@/lib/bank/handle'
import { thisBank } from '@/lib/bank/this-bank'
import { providerNamed } from '@/lib/infra/payments'

/** The sandbox bank: its payment page and its API, on our server but not of our mall. Not there where money is real. */
async function handle(request: Request): Promise<Response> {
  if (!providerNamed('sandbox')) return new Response(null, { status: 404 })
  return handleBank(thisBank(), request, (work) => after(() => work))
}

export { handle as GET, handle as POST }
