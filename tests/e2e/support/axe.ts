import AxeBuilder from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'

/** Fails with the rule and the element for every WCAG 2.2 A and AA violation on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // Between two pages the framework takes the old title away before it sets the new one.
  await expect(page).toHaveTitle(/./u)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([])
}

/** Nothing sticks out sideways: the page itself never scrolls horizontally. */
export async function expectNoSideways(page: Page): Promise<void> {
  const extra = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(extra, page.url()).toBeLessThanOrEqual(0)
}
