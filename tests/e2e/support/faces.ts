import { type Page, expect } from '@playwright/test'
import { expectAccessible, expectNoSideways } from './axe'
import { EN, ZH } from './buying'

/** Both languages on a phone and on a desktop, light and dark. */
export const FACES = [
  { name: 'zh-CN, 360 px, light', language: ZH, viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: 'zh-CN, 1280 px, dark', language: ZH, viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'English, 360 px, dark', language: EN, viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
  { name: 'English, 1280 px, light', language: EN, viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
] as const

/** The two of them that differ in everything. */
export const [SMALL_FACE, , , LARGE_FACE] = FACES

/** Opens every page in turn: it is there, has one title, breaks no accessibility rule and does not scroll sideways. */
export async function visitAll(page: Page, prefix: '' | '/en', paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const address = `${prefix}${path}`
    const answer = await page.goto(address)
    expect([address, answer?.status()]).toEqual([address, 200])
    await expect(page.locator('h1'), address).toHaveCount(1)
    await expectAccessible(page)
    await expectNoSideways(page)
  }
}

/** Whoever is signed in here is told that these pages do not exist. */
export async function expectNotThere(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path)
    expect([path, answer?.status()]).toEqual([path, 404])
  }
}
