import { existsSync } from 'node:fs'
import { NODE } from './prepare.mjs'
import { attempt, step, Stop } from './progress.mjs'

const KNOWN_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk']
const PLAYWRIGHT = 'node_modules/playwright/cli.js'

/**
 * The machine's own Chromium; undefined means the one that Playwright downloads.
 *
 * @returns {string | undefined}
 */
export function browserPath() {
  return KNOWN_PLACES.find((place) => existsSync(place))
}

/** Makes sure that there is a Chromium that can show Chinese: Debian's package when we may install it, else Playwright's. */
export async function requireBrowser() {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (canInstall && !(browserPath() && (await showsChinese()))) await step('install Chromium', installDebianPackages)
  if (browserPath()) return
  const { code } = await step('get Chromium from Playwright', () => attempt(NODE, [PLAYWRIGHT, 'install', 'chromium']))
  if (code !== 0) {
    throw new Stop(
      'There is no Chromium, and Playwright could not download one: install the package chromium and try again.',
    )
  }
}

async function showsChinese() {
  const { output } = await attempt('sh', ['-c', 'command -v fc-list >/dev/null && fc-list :lang=zh'])
  return output.trim() !== ''
}

async function installDebianPackages() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await attempt('apt-get', ['update'], { env })
  // When this fails, Playwright's browser is tried next.
  await attempt('apt-get', ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES], { env })
}
