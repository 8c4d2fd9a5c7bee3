import { env } from '@/lib/infra/env'

/** next-auth learns its own address from process.env only; called before it is used. */
export function tellNextAuthItsAddress(): void {
  process.env.NEXTAUTH_URL = env().KEYBOND_URL
}
