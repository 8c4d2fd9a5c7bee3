import { AI_CLOUD } from './ai-cloud'
import { COURSES } from './courses'
import { GAME_KEYS } from './game-keys'
import { GAME_TOPUP } from './game-topup'
import { GIFT_CARDS } from './gift-cards'
import { MOBILE_PACKS } from './mobile-packs'
import { SOFTWARE } from './software'
import type { SeedProduct } from './shapes'
import { STREAMING } from './streaming'

export * from './categories'
export * from './coupons'
export * from './merchants'
export * from './shapes'

/** The demo mall's products by category slug. Every brand, game and company in it is made up. */
export const PRODUCTS: Readonly<Record<string, readonly SeedProduct[]>> = {
  'game-topup': GAME_TOPUP,
  'game-keys': GAME_KEYS,
  software: SOFTWARE,
  streaming: STREAMING,
  'gift-cards': GIFT_CARDS,
  'ai-cloud': AI_CLOUD,
  courses: COURSES,
  'mobile-packs': MOBILE_PACKS,
}
