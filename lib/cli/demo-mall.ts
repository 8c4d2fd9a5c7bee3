import { spawn } from 'node:child_process'
import { signalGroup, Stop } from './progress.mjs'

/** Makes the demo mall, or finishes one that was cut off, by running the seed command; a mall in use it leaves alone. */
export async function makeDemoMall(databaseUrl: string, stop: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/seed.ts'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  stop.addEventListener('abort', () => signalGroup(child, 'SIGTERM'))
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
  if (code !== 0)
    throw new Stop(`The demo mall could not be made.\n${output.trimEnd().split('\n').slice(-25).join('\n')}`)
}
