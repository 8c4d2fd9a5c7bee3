import { env } from '@/lib/infra/env'

/** Whether cookies are marked Secure: whenever the site's own address is https. */
export function secureCookies(): boolean {
  return env().KEYBOND_URL.startsWith('https://')
}
