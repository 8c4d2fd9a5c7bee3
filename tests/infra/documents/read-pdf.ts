import { extractText, getDocumentProxy } from 'unpdf'

/** What another program finds in a PDF: the text that can be copied, page by page, and the document's own facts. */
export async function readPdf(bytes: Uint8Array) {
  // The parser takes the buffer away from its caller.
  const pdf = await getDocumentProxy(bytes.slice())
  const { text } = await extractText(pdf, { mergePages: false })
  const pages = text.map((page) => page.replaceAll(/\s+/g, ' '))
  const { info } = await pdf.getMetadata()
  return { pages, text: pages.join(' '), info, fonts: fontsOf(bytes) }
}

/** Names of the fonts, each with its subset's tag, and how many of them are embedded and can be searched. */
function fontsOf(bytes: Uint8Array) {
  const source = Buffer.from(bytes).toString('latin1')
  const count = (what: RegExp) => source.match(what)?.length ?? 0
  return {
    names: [...new Set([...source.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name = '']) => name))].sort((a, b) =>
      a.localeCompare(b),
    ),
    embedded: count(/\/FontFile3 /g),
    searchable: count(/\/ToUnicode /g),
  }
}
