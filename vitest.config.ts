import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // By itself vitest leaves one core idle: half of CI's.
    maxWorkers: '100%',
    // Against hanging only: two noisy cores may take a test many times its usual time.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    env: { LOG_LEVEL: 'silent', TZ: 'UTC' },
  },
})
