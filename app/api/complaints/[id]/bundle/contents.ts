import {
  BUNDLE_FORMAT,
  CASE_FILE,
  MANIFEST,
  MANIFEST_SIGNATURE,
  ORDER_FILE,
  PROOF_FILE,
  formatCaseFile,
  formatManifest,
  formatOrderFile,
  signManifest,
} from '@/lib/domain/case-bundle'
import { evidenceBytes } from '@/lib/domain/evidence'
import { toHex } from '@/lib/domain/provenance'
import type { BundleContents, BundlePart } from '@/lib/infra/case-bundle'
import { renderCaseChannels, renderCaseHtml, renderCasePdf } from '@/lib/infra/documents'
import { evidenceStore } from '@/lib/infra/evidence'
import { cdkVault } from '@/lib/infra/vault'
import { invariant } from '@/lib/kernel/invariant'
import type { CaseBundleSource } from '@/lib/queries/case/bundle'

const encoder = new TextEncoder()

type Tools = Parameters<typeof evidenceBytes>[0]

function ownTools(): Tools {
  return { vault: cdkVault(), store: evidenceStore() }
}

/** What stands in a bundle, in the order of its files: what people read first, the originals, the manifest last. */
export function contentsOf(source: CaseBundleSource, tools: Tools = ownTools()): BundleContents {
  return {
    madeAt: source.asOf,
    parts: partsOf(source),
    originals: source.originals.map((file) => ({
      path: file.path,
      sha256: toHex(file.sha256),
      open: () => evidenceBytes(tools, file),
    })),
    seal: async (packed, absent) => {
      const text = manifestOf(source, packed, absent)
      const asOf = source.asOf.toISOString()
      const note = await signManifest(source.log.signer, { caseNumber: source.caseFile.number, asOf, text })
      return [
        { path: MANIFEST, bytes: encoder.encode(text) },
        { path: MANIFEST_SIGNATURE, bytes: encoder.encode(note) },
      ]
    },
  }
}

function partsOf({ document, orderFile, caseFile, provenance }: CaseBundleSource): BundlePart[] {
  const text = (path: string, make: () => string): BundlePart => ({ path, make: () => encoder.encode(make()) })
  return [
    text('timeline.zh.html', () => renderCaseHtml(document, 'zh-CN')),
    text('timeline.en.html', () => renderCaseHtml(document, 'en')),
    { path: 'timeline.zh.pdf', make: async () => renderCasePdf(document, 'zh-CN') },
    { path: 'timeline.en.pdf', make: async () => renderCasePdf(document, 'en') },
    ...renderCaseChannels(document).map((channel) => text(channel.path, () => channel.text)),
    text(ORDER_FILE, () => formatOrderFile(orderFile)),
    text(CASE_FILE, () => formatCaseFile(caseFile)),
    ...(provenance.kind === 'included' ? [text(PROOF_FILE, () => provenance.text)] : []),
  ]
}

function manifestOf(
  { caseFile, log, asOf, provenance }: CaseBundleSource,
  packed: Parameters<BundleContents['seal']>[0],
  absent: Parameters<BundleContents['seal']>[1],
): string {
  const head = caseFile.entries.at(-1)
  invariant(head, `case ${caseFile.number} has entries`)
  return formatManifest({
    format: BUNDLE_FORMAT,
    caseNumber: caseFile.number,
    complaintId: caseFile.complaintId,
    orderNumber: caseFile.orderNumber,
    asOf: asOf.toISOString(),
    head: { seq: head.seq, hash: head.hash },
    log: { origin: log.origin, firstKey: log.firstKey, handovers: [...log.handovers] },
    provenance: provenance.kind,
    absent: [...absent],
    files: [...packed],
  })
}
