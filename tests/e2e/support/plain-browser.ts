import http from 'node:http'

export interface Answer {
  readonly status: number
  readonly url: string
  readonly html: string
}

const MOST_REDIRECTS = 10
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#x27': "'", '#39': "'" }

/**
 * A browser without a screen: cookies, redirects and plain forms over real HTTP, from a loopback address of its own, so
 * that hundreds of buyers can come at once and each is somebody else to the mall's rate limits.
 */
export class PlainBrowser {
  readonly #address: string
  readonly #cookies = new Map<string, string>()

  /** `index` 1 to 60,000 picks the address. */
  constructor(index: number) {
    this.#address = `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`
  }

  async open(url: string): Promise<Answer> {
    return this.#send('GET', url)
  }

  /** Sends the form on `page` that has a field or button named `marker`, with its hidden fields and `values`. */
  async submit(page: Answer, marker: string, values: Readonly<Record<string, string>>): Promise<Answer> {
    const form = formsOf(page.html).find(({ fields }) => marker in fields)
    if (!form) throw new Error(`no form with ${marker} on ${page.url}`)
    const data = new FormData()
    for (const [name, value] of Object.entries({ ...form.fields, ...values })) data.append(name, value)
    return this.#send(
      'POST',
      new URL(form.action || page.url, page.url).href,
      form.multipart ? data : asUrlEncoded(data),
    )
  }

  async #send(method: 'GET' | 'POST', url: string, body?: FormData | URLSearchParams, redirects = 0): Promise<Answer> {
    const payload = body ? new Response(body) : null
    const bytes = payload ? Buffer.from(await payload.arrayBuffer()) : null
    const contentType = payload?.headers.get('content-type') ?? null
    const { status, headers, html } = await this.#exchange(method, url, bytes, contentType)
    for (const line of headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    if (status < 300 || status >= 400 || !headers.location) return { status, url, html }
    if (redirects === MOST_REDIRECTS) throw new Error(`${url} redirects without end`)
    return this.#send('GET', new URL(headers.location, url).href, undefined, redirects + 1)
  }

  async #exchange(method: string, url: string, bytes: Buffer | null, contentType: string | null) {
    const target = new URL(url)
    return new Promise<{ status: number; headers: http.IncomingHttpHeaders; html: string }>((resolve, reject) => {
      const request = http.request(
        target,
        {
          method,
          agent: false,
          localAddress: this.#address,
          headers: {
            cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            accept: 'text/html',
            origin: target.origin,
            ...(bytes && contentType ? { 'content-type': contentType, 'content-length': bytes.length } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              html: Buffer.concat(chunks).toString('utf8'),
            })
          })
        },
      )
      request.on('error', reject)
      request.end(bytes ?? undefined)
    })
  }
}

interface Form {
  readonly action: string
  readonly multipart: boolean
  readonly fields: Readonly<Record<string, string>>
}

function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gsu)].map(([, attributes = '', inside = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    multipart:
      attribute(attributes, 'encType')?.includes('multipart') ??
      attribute(attributes, 'enctype')?.includes('multipart') ??
      false,
    fields: Object.fromEntries(
      [...inside.matchAll(/<(?:input|button)\b([^>]*)>/gu)].flatMap(([, tag = '']) => {
        const name = attribute(tag, 'name')
        const unticked = /type="(?:checkbox|radio)"/u.test(tag) && !/\bchecked\b/u.test(tag)
        return name === null || unticked ? [] : [[name, attribute(tag, 'value') ?? '']]
      }),
    ),
  }))
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`, 'u').exec(tag)?.[1]
  return value === undefined
    ? null
    : value.replaceAll(/&(\w+|#\w+);/gu, (whole, entity: string) => ENTITIES[entity] ?? whole)
}

function asUrlEncoded(data: FormData): URLSearchParams {
  return new URLSearchParams([...data].map(([name, value]) => [name, typeof value === 'string' ? value : '']))
}
