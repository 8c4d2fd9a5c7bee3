import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CDK_EVENT_TYPES,
  type CdkEvent,
  SYSTEM_ACTOR,
  actorPseudonym,
  chainEvent,
  commit,
  eventPreimage,
  logEntry,
  newSalt,
  toHex,
  verifyChain,
} from '@/lib/domain/provenance'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import { newId } from '@/lib/kernel/ids'
import { aChain } from './a-log'
import { sha256, turned } from './trees'

const LIFE = ['imported', 'reserved', 'released', 'reserved', 'delivered', 'revealed', 'confirmed'] as const
const events = (): CdkEvent[] => aChain(LIFE, newId()).map(({ event }) => event)

/** An event as its maker would have hashed it, had it been so. */
const rehashed = (event: CdkEvent): CdkEvent => ({ ...event, hash: toHex(sha256(eventPreimage(event))) })

describe('the chain of a CDK', () => {
  test('is sound as it was made, and has every type of event', async () => {
    expect(await verifyChain(events())).toEqual({ sound: true })
    const every = aChain(CDK_EVENT_TYPES, newId()).map(({ event }) => event)
    expect(every.map(({ seq }) => seq)).toEqual([...CDK_EVENT_TYPES.keys()])
    expect(await verifyChain(every)).toEqual({ sound: true })
  })

  test('has hashes that anybody can make again', () => {
    const event = chainEvent(sha256, null, {
      merchantId: '01930000-0000-7000-8000-000000000001',
      cdkId: '01930000-0000-7000-8000-000000000002',
      type: 'imported',
      at: 1_793_491_200_000,
      actorPseudonym: SYSTEM_ACTOR,
      commitment: 'ab'.repeat(32),
    })
    expect(new TextDecoder().decode(eventPreimage(event))).toBe(
      `keybond/cdk-event/v1\n{"actorPseudonym":"system","at":1793491200000,"cdkId":"01930000-0000-7000-8000-000000000002","commitment":"${'ab'.repeat(32)}","merchantId":"01930000-0000-7000-8000-000000000001","prevHash":"${'0'.repeat(64)}","seq":0,"type":"imported"}`,
    )
    expect(event.hash).toBe(toHex(sha256(eventPreimage(event))))
    expect(toHex(logEntry(sha256, event))).toMatch(new RegExp(`^01[0-9a-f]{64}00000000${event.hash}$`, 'u'))
  })

  test('hashes the canonical JSON of an event', () => {
    for (const { hash: _, ...event } of events()) {
      expect(new TextDecoder().decode(eventPreimage(event))).toBe(`keybond/cdk-event/v1\n${canonicalJson(event)}`)
    }
  })

  test('names the first event of which any field was changed', async () => {
    const fields = [
      'merchantId',
      'cdkId',
      'seq',
      'type',
      'at',
      'actorPseudonym',
      'commitment',
      'prevHash',
      'hash',
    ] as const
    await fc.assert(
      fc.asyncProperty(fc.nat(LIFE.length - 1), fc.constantFrom(...fields), async (at, field) => {
        const chain = events()
        const event = chain[at]
        if (!event) return
        const value = event[field]
        const other = typeof value === 'number' ? value + 1 : `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`
        const changed = { ...event, [field]: other } as CdkEvent
        expect(await verifyChain(chain.with(at, changed))).toEqual({ sound: false, at, fault: 'event-hash' })
      }),
    )
  })

  test('breaks behind an event that was rewritten together with its hash', async () => {
    const chain = events()
    const forged = chain.map((event, at) => (at === 2 ? rehashed({ ...event, type: 'delivered' }) : event))
    expect(await verifyChain(forged)).toEqual({ sound: false, at: 3, fault: 'event-link' })
  })

  test('breaks where an event was taken out, put in, moved or taken from another CDK', async () => {
    const [chain, other] = [events(), events()]
    const [one, two] = [chain[1], chain[2]]
    if (!one || !two) throw new Error('a life has seven events')
    expect(await verifyChain(chain.toSpliced(1, 1))).toEqual({ sound: false, at: 1, fault: 'event-seq' })
    expect(await verifyChain(chain.slice(1))).toMatchObject({ sound: false, at: 0 })
    expect(await verifyChain(chain.with(1, two).with(2, one))).toMatchObject({ sound: false, at: 1 })
    expect(await verifyChain([...chain.slice(0, 3), ...other.slice(3)])).toMatchObject({ at: 3, fault: 'event-link' })
    const adopted = rehashed({ ...two, cdkId: newId() })
    expect(await verifyChain(chain.with(2, adopted))).toEqual({ sound: false, at: 2, fault: 'event-owner' })
    const early = rehashed({ ...two, at: 0 })
    expect(await verifyChain(chain.with(2, early))).toEqual({ sound: false, at: 2, fault: 'event-time' })
    const again = rehashed({ ...two, type: 'imported' })
    expect(await verifyChain(chain.with(2, again))).toEqual({ sound: false, at: 2, fault: 'event-first' })
  })

  test('never runs backwards in time, and begins with one import of one CDK', () => {
    const [imported, reserved] = events()
    if (!imported || !reserved) throw new Error('a life has seven events')
    expect(chainEvent(sha256, reserved, { ...reserved, type: 'released', at: reserved.at - 50 }).at).toBe(reserved.at)
    expect(() => chainEvent(sha256, reserved, imported)).toThrow('imported once')
    expect(() => chainEvent(sha256, null, reserved)).toThrow('imported once')
    expect(() => chainEvent(sha256, imported, { ...reserved, cdkId: newId() })).toThrow('after one of')
  })
})

describe('commitments', () => {
  test('bind to the details and the salt, whatever the order of members', () => {
    const salt = newSalt()
    const data = { orderId: newId(), units: 3 }
    const made = commit(sha256, salt, data)
    expect(commit(sha256, salt, { units: 3, orderId: data.orderId })).toBe(made)
    expect(commit(sha256, salt, { ...data, units: 4 })).not.toBe(made)
    for (const at of salt.keys()) expect(commit(sha256, turned(salt, at), data)).not.toBe(made)
    expect(() => commit(sha256, salt.slice(1), data)).toThrow('32 bytes')
  })

  test('the pseudonym of a person holds as long as the salt does', () => {
    const [salt, id] = [newSalt(), newId()]
    expect(actorPseudonym(sha256, salt, 'buyer', id)).toBe(actorPseudonym(sha256, salt, 'buyer', id))
    expect(actorPseudonym(sha256, salt, 'buyer', id)).toMatch(/^buyer:[0-9a-f]{32}$/u)
    expect(actorPseudonym(sha256, newSalt(), 'buyer', id)).not.toBe(actorPseudonym(sha256, salt, 'buyer', id))
  })
})
