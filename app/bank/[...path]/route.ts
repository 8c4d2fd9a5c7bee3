import { after } from 'next/server'
import { handleBank } from '@/lib/bank/handle'
import { thisBank } from '@/lib/bank/this-bank'

/** The sandbox bank: its payment page and its API, on our server but not of our mall. */
async function handle(request: Request): Promise<Response> {
  return handleBank(thisBank(), request, (work) => after(() => work))
}

export { handle as GET, handle as POST }
