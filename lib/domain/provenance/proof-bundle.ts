// The small zod: this file is sent to browsers, and the other one is ten times as long.
import * as z from 'zod/mini'
import { type Json, canonicalJson } from '@/lib/kernel/canonical-json'
import { ACTOR_PSEUDONYM } from './actor-pseudonym'
import { CDK_EVENT_TYPES } from './cdk-event'

export const BUNDLE_FORMAT = 'keybond-proof/v1'
/** Who verifies reads no larger file: it is none of ours. */
export const MOST_BUNDLE_BYTES = 64 * 1024 * 1024

const Hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/u))
const Uuid = z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u))
const Count = z.int().check(z.minimum(0))
const NoteText = z.string().check(z.maxLength(100_000))
const KeyText = z.string().check(z.maxLength(500))
const Scalar = z.union([z.string(), z.int(), z.boolean(), z.null()])
/** RFC 9162: a tree of 2^53 leaves has no longer proof. */
const Path = z.array(Hex32).check(z.maxLength(64))

const SealedEvent = z.strictObject({
  event: z.strictObject({
    merchantId: Uuid,
    cdkId: Uuid,
    seq: z.int().check(z.minimum(0), z.maximum(0xffff_ffff)),
    type: z.enum(CDK_EVENT_TYPES),
    at: Count,
    actorPseudonym: z.string().check(z.regex(ACTOR_PSEUDONYM)),
    commitment: Hex32,
    prevHash: Hex32,
    hash: Hex32,
  }),
  /** What the commitment stands for; null when its salt was destroyed or is kept back. */
  opening: z.nullable(
    z.strictObject({ salt: Hex32, data: z.record(z.string(), z.union([Scalar, z.readonly(z.array(Scalar))])) }),
  ),
  leaf: z.strictObject({ index: Count, proof: Path }),
})

/**
 * A proof about the CDKs of an order, or about one CDK: whole chains from the import on, each event with its place in the
 * log at `checkpoint`. Members are exactly these, so that no byte of a file is there for show.
 */
const ProofBundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  subject: z.strictObject({ kind: z.enum(['cdk', 'order']), id: Uuid }),
  log: z.strictObject({ firstKey: KeyText, handovers: z.array(NoteText).check(z.maxLength(1000)) }),
  /** Keys, in vkey form, of the witnesses whose lines the checkpoints carry. */
  witnesses: z.array(KeyText).check(z.maxLength(50)),
  checkpoint: NoteText,
  older: z.nullable(z.strictObject({ checkpoint: NoteText, proof: Path })),
  chains: z
    .array(z.array(SealedEvent).check(z.minLength(1), z.maxLength(10_000)))
    .check(z.minLength(1), z.maxLength(10_000)),
})

export type ProofBundle = z.infer<typeof ProofBundle>
export type SealedEvent = z.infer<typeof SealedEvent>

export type BundleFault = 'not-json' | 'not-canonical' | 'not-a-bundle'

export type ReadBundle =
  | { readonly bundle: ProofBundle }
  | { readonly bundle: null; readonly where: string; readonly fault: BundleFault }

/** The file: canonical JSON and a newline. */
export function formatBundle(bundle: ProofBundle): string {
  return `${canonicalJson(ProofBundle.parse(bundle))}\n`
}

/** Reads a file. It must be written as `formatBundle` writes it: then two readers cannot see two things in it. */
export function readBundle(text: string): ReadBundle {
  const json = parseJson(text)
  if (json === undefined) return { bundle: null, where: '', fault: 'not-json' }
  const parsed = ProofBundle.safeParse(json)
  if (!parsed.success) {
    return { bundle: null, where: (parsed.error.issues[0]?.path ?? []).join('.'), fault: 'not-a-bundle' }
  }
  // Of what was read, not of the JSON: a member that the schema passes over must not stand in the file.
  const canonical = canonicalJson(parsed.data)
  if (text !== canonical && text !== `${canonical}\n`) {
    return { bundle: null, where: `character ${firstDifference(text, canonical)}`, fault: 'not-canonical' }
  }
  return { bundle: parsed.data }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
