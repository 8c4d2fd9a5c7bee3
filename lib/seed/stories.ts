import { DEMO_BUYERS } from '@/lib/seed/demo-accounts'
import { invariant } from '@/lib/kernel/invariant'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { PRODUCTS, mostPerOrder } from './data'
import { type Dice, diceFor } from './dice'

/** What happens to an order. */
export type Plot =
  | 'awaiting'
  | 'delivered'
  | 'revealed'
  | 'confirmed'
  | 'auto-confirmed'
  | 'expired'
  | 'cancelled'
  | 'refunded-unseen'
  | 'refunded-seen'
  | 'late-delivered'
  | 'late-refunded'
  | 'cancelled-then-paid'
  | 'paid-twice'

/** So many of one variant, named by title and position. */
export interface Goods {
  readonly productTitle: string
  readonly position: number
  readonly quantity: number
}

export interface Story {
  readonly name: string
  readonly plot: Plot
  /** One order each, all in one checkout. */
  readonly lines: readonly Goods[]
  readonly couponCode?: string
  /** At most this much out of the buyer's wallet. */
  readonly walletMinor?: number
  /** A demo buyer's e-mail, or a guest's. */
  readonly email: string
  readonly guest: boolean
  readonly locale: 'zh-CN' | 'en'
  readonly placedAt: Date
}

/** How many of each plot, and how long ago it began: hours from, to. */
const PLOTS: readonly (readonly [Plot, number, number, number])[] = [
  ['confirmed', 110, 26, 28 * 24],
  ['auto-confirmed', 30, 5 * 24, 28 * 24],
  ['revealed', 18, 1, 16],
  ['delivered', 18, 0.3, 40],
  ['expired', 14, 0.5, 26 * 24],
  ['cancelled', 8, 0.5, 20 * 24],
  ['refunded-unseen', 3, 12, 15 * 24],
  ['refunded-seen', 3, 24, 18 * 24],
  ['late-delivered', 4, 30, 12 * 24],
  ['cancelled-then-paid', 2, 24, 9 * 24],
  ['paid-twice', 4, 26, 20 * 24],
  ['awaiting', 4, 0.03, 0.1],
]

/** Only one of it exists: whoever pays late finds it gone. */
const RARE = '机甲学院 限定机体「苍岚」兑换码'
/** Three of it exist, and all get sold. */
const SOLD_OUT = '像素王朝：边境 限量首日码'

const GUESTS = [
  'wang.lei',
  'liu_yang',
  'sunny',
  'hao.han',
  'xiaoyu',
  'tom.z',
  'yuki',
  'ming.2001',
  'jojo',
  'ahua',
  'nancy.l',
  'dawei',
].map((name) => `${name}@guests.example`)

/** The demo mall's orders of the last four weeks, oldest first. The same every time but for `now`. */
export function planStories(now: Date, share: number): Story[] {
  const common = PLOTS.flatMap(([plot, count, from, to]) =>
    Array.from({ length: Math.max(1, Math.round(count * share)) }, (_, index): Story => {
      const dice = diceFor('story', plot, String(index))
      const placedAt = after(
        now,
        -Math.round(from * HOUR_MS + (dice.between(0, 10_000) / 10_000) ** 1.6 * (to - from) * HOUR_MS),
      )
      const [line, who] = [goods(dice), buyer(dice)]
      return { name: `${plot}-${index}`, plot, placedAt, lines: [line, ...more(plot, line, dice)], ...who }
    }),
  )
  return [...common, ...rarities(now)].toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime())
}

function rarities(now: Date): Story[] {
  const of = (
    name: string,
    plot: Plot,
    productTitle: string,
    daysAgo: number,
    minutes: number,
    quantity = 1,
  ): Story => {
    const placedAt = after(now, -daysAgo * DAY_MS + minutes * MINUTE_MS)
    const lines = [{ productTitle, position: 0, quantity }]
    return { name, plot, lines, placedAt, ...buyer(diceFor('story', name)) }
  }
  return [
    of('rare-late', 'late-refunded', RARE, 6, 0),
    of('last-ones-1', 'confirmed', SOLD_OUT, 11, 0, 2),
    of('last-ones-2', 'confirmed', SOLD_OUT, 9, 200),
  ]
}

function buyer(dice: Dice): Pick<Story, 'email' | 'guest' | 'locale'> {
  const guest = dice.between(1, 10) <= 4
  const email = guest ? dice.pick(GUESTS) : dice.pick(DEMO_BUYERS).email
  return { email, guest, locale: dice.between(1, 6) === 1 ? 'en' : 'zh-CN' }
}

/** Plots of which some checkouts hold several orders, of several merchants. */
const WITH_MORE: ReadonlySet<Plot> = new Set<Plot>(['confirmed', 'auto-confirmed', 'revealed', 'delivered', 'expired'])

/** What else lies in the cart: nothing, mostly. */
function more(plot: Plot, { productTitle }: Goods, dice: Dice): Goods[] {
  if (!WITH_MORE.has(plot) || dice.between(1, 8) > 1) return []
  const found = [goods(dice), goods(dice)].filter((other) => other.productTitle !== productTitle)
  return found.filter(({ productTitle: title }, at) => found.findIndex((one) => one.productTitle === title) === at)
}

/** Something with stock to spare, mostly one of it, sometimes as many as the first wholesale tier asks for. */
function goods(dice: Dice): Goods {
  const plenty = Object.values(PRODUCTS)
    .flat()
    .filter(({ status, variants }) => status === undefined && variants.some(({ stock }) => stock > 20))
  const product = dice.pick(plenty)
  const position = dice.pick([...product.variants.keys()].filter((at) => (product.variants[at]?.stock ?? 0) > 20))
  const variant = product.variants[position]
  invariant(variant, `${product.titleZh} has no variant ${position}`)
  const [tier] = variant.tiers ?? []
  if (tier && tier[0] <= 10 && dice.between(1, 9) === 1)
    return { productTitle: product.titleZh, position, quantity: tier[0] }
  const quantity = Math.min(mostPerOrder(variant), dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 3, 5]))
  return { productTitle: product.titleZh, position, quantity }
}
