import { type Page, expect } from '@playwright/test'
import enBank from '@/messages/en/bank.json' with { type: 'json' }
import enDelivery from '@/messages/en/delivery.json' with { type: 'json' }
import enOrder from '@/messages/en/order.json' with { type: 'json' }
import enProvenance from '@/messages/en/provenance.json' with { type: 'json' }
import enStorefront from '@/messages/en/storefront.json' with { type: 'json' }
import zhBank from '@/messages/zh-CN/bank.json' with { type: 'json' }
import zhDelivery from '@/messages/zh-CN/delivery.json' with { type: 'json' }
import zhOrder from '@/messages/zh-CN/order.json' with { type: 'json' }
import zhProvenance from '@/messages/zh-CN/provenance.json' with { type: 'json' }
import zhStorefront from '@/messages/zh-CN/storefront.json' with { type: 'json' }

export const PASSCODE = 'korrekt-horse-7'

/** One language's messages: the journeys press and read what the screens say, wherever a text is changed. */
const zh = { order: zhOrder, delivery: zhDelivery, bank: zhBank, storefront: zhStorefront, provenance: zhProvenance }
const en: typeof zh = {
  order: enOrder,
  delivery: enDelivery,
  bank: enBank,
  storefront: enStorefront,
  provenance: enProvenance,
}

export interface Language {
  readonly prefix: '' | '/en'
  readonly say: typeof zh
}
export const ZH: Language = { prefix: '', say: zh }
export const EN: Language = { prefix: '/en', say: en }

/** A message with its placeholders standing for anything. */
export function like(message: string): RegExp {
  const literal = message.replaceAll(/[.*+?^$()|[\]\\]/gu, '\\$&')
  return new RegExp(`^${literal.replaceAll(/\{[^}]*\}/gu, '.*')}$`, 'u')
}

/** From the product page to the filled checkout form of a guest. */
export async function fillCheckout(
  page: Page,
  { prefix, say }: Language,
  { slug, email, consent }: { readonly slug: string; readonly email: string; readonly consent?: string },
): Promise<void> {
  await page.goto(`${prefix}/products/${slug}`)
  await page.getByRole('button', { name: say.storefront.buy.submit }).first().click()
  await page.waitForURL(/\/checkout\//u)
  await page.getByLabel(say.order.checkout.email, { exact: true }).fill(email)
  await page.getByLabel(say.order.checkout.passcode, { exact: true }).fill(PASSCODE)
  await page.getByRole('checkbox', { name: consent ?? say.order.checkout.consent }).check()
}

/** Submits the checkout and waits for the bank's page; returns the order's number and the bank page's address. */
export async function placeOrder(page: Page, { say }: Language): Promise<{ readonly payUrl: string }> {
  await page.getByRole('button', { name: like(say.order.checkout.submit) }).click()
  await page.waitForURL(/\/bank\/pay\//u)
  return { payUrl: page.url() }
}

/** Pays on the bank's page and waits to be back on the order page; returns the order's number. */
export async function payAtBank(page: Page, { say }: Language): Promise<string> {
  await page.getByRole('button', { name: like(say.bank.pay.submit) }).click()
  await page.waitForURL(/\/orders\/KB/u)
  const number = /\/orders\/(KB\w+)/u.exec(page.url())?.[1] ?? ''
  expect(number).toMatch(/^KB\d{6}\w{10}$/u)
  return number
}
