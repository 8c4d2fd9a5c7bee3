import { StockFileError } from '@/lib/stock-files/stock-file-error'
import type { Archive } from './archive'
import { readWholePart } from './read-part'
import { attributeOf } from './xml-scanner'

/** Where in the archive the parts stand that are read. */
export interface Workbook {
  readonly sheet: string
  readonly sharedStrings: string | null
  readonly styles: string | null
  /** Days are counted from 1904, as old Macs did. */
  readonly from1904: boolean
}

/** Finds the first sheet of the workbook. Refuses `not-a-workbook`. */
export async function findWorkbook(archive: Archive): Promise<Workbook> {
  const root = (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')
  const book = root?.target ?? 'xl/workbook.xml'
  const relations = await relationsOf(archive, book)
  const { sheetIds, from1904 } = await readBook(archive, book)
  const target = (type: string) => relations.find((each) => each.type === type)?.target ?? null
  const sheet = sheetIds
    .map((id) => relations.find((each) => each.id === id && each.type === 'worksheet')?.target)
    .find((found) => found !== undefined && archive.has(found))
  if (sheet === undefined) throw new StockFileError('not-a-workbook')
  return { sheet, sharedStrings: present(target('sharedStrings')), styles: present(target('styles')), from1904 }

  function present(name: string | null): string | null {
    return name !== null && archive.has(name) ? name : null
  }
}

interface Relation {
  readonly id: string | null
  /** The last word of the type: the strict and the usual spelling differ before it. */
  readonly type: string
  readonly target: string
}

async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/') + 1) : ''
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`
  const found: Relation[] = []
  if (!archive.has(name)) return found
  await readWholePart(archive, name, {
    open(element, tag) {
      if (element !== 'Relationship') return
      const target = attributeOf(tag, 'Target') ?? ''
      const type = attributeOf(tag, 'Type') ?? ''
      found.push({
        id: attributeOf(tag, 'Id'),
        type: type.slice(type.lastIndexOf('/') + 1),
        target: target.startsWith('/') ? target.slice(1) : resolve(folder, target),
      })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return found
}

async function readBook(archive: Archive, name: string): Promise<{ sheetIds: string[]; from1904: boolean }> {
  const sheetIds: string[] = []
  let from1904 = false
  await readWholePart(archive, name, {
    open(element, tag) {
      if (element === 'sheet') sheetIds.push(attributeOf(tag, 'id') ?? '')
      if (element === 'workbookPr') from1904 = ['1', 'true'].includes(attributeOf(tag, 'date1904') ?? '')
    },
    close: () => undefined,
    text: () => undefined,
  })
  return { sheetIds, from1904 }
}

function resolve(folder: string, target: string): string {
  const parts: string[] = []
  for (const part of (folder + target).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
