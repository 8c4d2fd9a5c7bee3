import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/web/auth-options'

type Context = RouteContext<'/api/auth/[...nextauth]'>

function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions()) as Promise<Response>
}

export { handle as GET, handle as POST }
