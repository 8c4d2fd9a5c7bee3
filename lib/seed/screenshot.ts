import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 640
const HEIGHT = 360

/** A box in grey, red or blue: [left, top, right, bottom, colour]. */
type Box = readonly [number, number, number, number, readonly [number, number, number]]

/** A window with a red message in it: what a buyer's screenshot of a refused code looks like from afar. */
const BOXES: readonly Box[] = [
  [0, 0, WIDTH, 40, [52, 58, 70]],
  [60, 80, 580, 320, [255, 255, 255]],
  [90, 110, 360, 130, [60, 66, 78]],
  [90, 160, 550, 204, [253, 232, 232]],
  [102, 176, 420, 188, [190, 40, 40]],
  [90, 224, 500, 234, [170, 176, 188]],
  [90, 246, 440, 256, [170, 176, 188]],
  [430, 276, 550, 304, [44, 110, 190]],
]

/** That picture as PNG. */
export function screenshot(): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT, 226)
  for (let y = 0; y < HEIGHT; y++) rows[y * (WIDTH * 3 + 1)] = 0
  for (const [left, top, right, bottom, colour] of BOXES) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) rows.set(colour, y * (WIDTH * 3 + 1) + 1 + x * 3)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  // 8 bits a channel, RGB.
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat(parts))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
