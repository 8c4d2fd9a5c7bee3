import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/domain/actor'
import { type ChosenCdks, EXPORTED_PER_PART, type ExportedLine, exportCdks, readExport } from '@/lib/domain/stock'
import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import { createLog } from '@/lib/infra/log'
import { cdkVault } from '@/lib/infra/vault'
import { run } from '@/lib/web/action'

interface Asked {
  readonly merchantId: string
  readonly exportId: string
  /** Null: what the export has taken before is read again, nothing new is taken. */
  readonly chosen: ChosenCdks | null
  readonly actor: Actor
  readonly locale: Locale
  readonly now: Date
}

/** The file of an export, made as it is sent: one part in memory at a time, each taken out of sale before it is read. */
export async function exportCsv(asked: Asked): Promise<ReadableStream<Uint8Array>> {
  const { exportId, merchantId, locale, chosen } = asked
  const t = await getTranslations({ locale, namespace: 'desk.csv' })
  createLog('stock-export').info(
    { exportId, merchantId, userId: asked.actor.id, again: chosen === null },
    'codes leave the vault',
  )
  const columns: CsvColumn<ExportedLine>[] = [
    { title: 'code', exact: ({ code }) => code },
    { title: t('expiresAt'), at: ({ expiresAt }) => expiresAt },
    { title: t('note'), text: ({ note }) => note },
    { title: t('batch'), text: ({ batchId }) => batchId },
    { title: t('mark', { exportId }), text: ({ mark }) => mark },
  ]
  return toCsv(columns, linesOf(asked))
}

/** Each part is committed before its lines are sent: who loses the connection reads them again. */
async function* linesOf({ merchantId, exportId, chosen, actor, now }: Asked): AsyncGenerator<ExportedLine, void> {
  const vault = cdkVault()
  let read: string | null = null
  let taken: string | null = null
  do {
    if (chosen) {
      const part: Parameters<typeof exportCdks>[2] = { merchantId, exportId, chosen, after: taken }
      taken = (await run((tx) => exportCdks(tx, vault, part, actor, now))).last
    }
    let lines: ExportedLine[]
    do {
      const behind: string | null = read
      lines = await run((tx) => readExport(tx, vault, { merchantId, exportId, after: behind, most: EXPORTED_PER_PART }))
      yield* lines
      read = lines.at(-1)?.cdkId ?? read
    } while (lines.length === EXPORTED_PER_PART)
  } while (taken !== null)
}
