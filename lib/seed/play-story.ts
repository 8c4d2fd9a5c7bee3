import { MINUTE_MS } from '@/lib/kernel/time'
import type { Cast } from './cast'
import type { Mall } from './mall'
import { type Scene, openScene } from './scene'
import type { Plot, Story } from './stories'

/**
 * Plays one order's story through the verbs, each step at its own moment. Playing it again goes on where it was
 * interrupted: placing replays by its key, and a later step that was done is refused and passed over.
 */
export async function playStory(mall: Mall, cast: Cast, story: Story): Promise<void> {
  const scene = await openScene(mall, cast, story)
  if (story.plot === 'late-refunded') await playSnatched(mall, cast, story, scene)
  else await PLAYED[story.plot](scene)
}

const PLAYED: Readonly<Record<Exclude<Plot, 'late-refunded'>, (scene: Scene) => Promise<void>>> = {
  awaiting: async () => undefined,
  delivered: (scene) => scene.pay(),
  async revealed(scene) {
    await scene.pay()
    await scene.reveal()
  },
  async confirmed(scene) {
    await scene.pay()
    await scene.reveal()
    await scene.confirm()
  },
  async 'auto-confirmed'(scene) {
    await scene.pay()
    if (scene.dice.between(1, 3) > 1) await scene.reveal()
    await scene.autoConfirm()
  },
  expired: (scene) => scene.expire(),
  cancelled: (scene) => scene.cancel(),
  async 'refunded-unseen'(scene) {
    await scene.pay()
    await scene.refund('merchant-agreed')
  },
  async 'refunded-seen'(scene) {
    await scene.pay()
    await scene.reveal()
    await scene.refund('already-used')
  },
  async 'late-delivered'(scene) {
    await scene.expire()
    await scene.pay()
    await scene.reveal()
    await scene.confirm()
  },
  async 'cancelled-then-paid'(scene) {
    await scene.cancel()
    await scene.pay()
  },
  async 'paid-twice'(scene) {
    await scene.pay({ duplicate: true })
    await scene.reveal()
    await scene.confirm()
  },
}

/** The pay window closes, somebody else buys the last one, and then the first buyer pays: refunded in full. */
async function playSnatched(mall: Mall, cast: Cast, story: Story, scene: Scene): Promise<void> {
  await scene.expire()
  const next = { email: 'quick@guests.example', guest: true, placedAt: scene.wait(MINUTE_MS) }
  await playStory(mall, cast, { ...story, ...next, name: `${story.name}-next-buyer`, plot: 'confirmed' })
  scene.wait(20 * MINUTE_MS)
  await scene.pay()
}
