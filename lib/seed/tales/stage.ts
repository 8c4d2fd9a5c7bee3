import { DAY_MS, after } from '@/lib/kernel/time'
import type { Cast } from '@/lib/seed/cast'
import type { Mall } from '@/lib/seed/mall'
import { playStory } from '@/lib/seed/play-story'
import { type Scene, openScene } from '@/lib/seed/scene'
import type { Goods, Plot, Story } from '@/lib/seed/stories'

/** Something that happens once in the demo mall, told step by step. Played again it goes on where it was interrupted. */
export type Tale = (stage: Stage) => Promise<void>

interface Told {
  readonly name: string
  readonly daysAgo: number
  /** A demo buyer, by the name in front of the @. */
  readonly who: string
  readonly lines: readonly Goods[]
  readonly couponCode?: string
  readonly walletMinor?: number
}

export interface Stage {
  readonly mall: Mall
  readonly cast: Cast
  readonly daysAgo: (days: number) => Date
  /** Places a checkout to be told by hand. */
  open(told: Told): Promise<Scene>
  /** Places one and plays a plot that others have too. */
  play(plot: Plot, told: Told): Promise<void>
}

export function stageOf(mall: Mall, cast: Cast): Stage {
  const daysAgo = (days: number) => after(mall.now, -Math.round(days * DAY_MS))
  const storyOf = (plot: Plot, { daysAgo: days, who, ...told }: Told): Story => ({
    ...told,
    plot,
    email: `${who}@buyers.example`,
    guest: false,
    locale: 'zh-CN',
    placedAt: daysAgo(days),
  })
  return {
    mall,
    cast,
    daysAgo,
    open: (told) => openScene(mall, cast, storyOf('delivered', told)),
    play: (plot, told) => playStory(mall, cast, storyOf(plot, told)),
  }
}

/** `quantity` of a product's first variant, or of another one. */
export function some(quantity: number, productTitle: string, position = 0): Goods {
  return { productTitle, position, quantity }
}
