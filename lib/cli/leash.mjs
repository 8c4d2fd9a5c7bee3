/**
 * Loaded into the processes that `npm start` starts: when their parent is gone, even by kill -9, they end as well and do
 * not keep the port.
 */
const PATIENCE_MS = 10_000

// Next's development server forks its own child with our flags: that one waits for its parent's first message, and an
// unreferenced channel would let it end before. It ends with its parent by itself.
if (process.channel && process.env.NEXT_PRIVATE_WORKER === undefined) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), PATIENCE_MS).unref()
  })
  // Listening must not keep a process alive that has nothing else to do.
  process.channel.unref()
}
