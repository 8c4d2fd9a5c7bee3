import type { Page } from '@playwright/test'
import en from '@/messages/en/auth.json' with { type: 'json' }
import zh from '@/messages/zh-CN/auth.json' with { type: 'json' }
import { forgetAttempts } from './attempts'

/** Signs in through the page and waits to be led away from it. */
export async function signIn(
  page: Page,
  prefix: '' | '/en',
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const say = prefix === '' ? zh : en
  await forgetAttempts()
  await page.goto(`${prefix}/sign-in`)
  await page.getByLabel(say.email, { exact: true }).fill(email)
  await page.getByLabel(say.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: say.signIn.submit, exact: true }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}
