import { type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from '@/lib/domain/case-bundle'

/** A file read from anywhere in it; the caller closes it. */
export async function openOnDisk(path: string): Promise<ByteSource & { readonly close: () => Promise<void> }> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    size,
    read: async (from, to) => readWhole(handle, from, Math.min(to, size)),
    close: async () => handle.close(),
  }
}

async function readWhole(handle: FileHandle, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, to - from))
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled)
    // Cut off while it was read: the rest stays zero, and no hash of it holds.
    if (bytesRead === 0) return bytes
    filled += bytesRead
  }
  return bytes
}
