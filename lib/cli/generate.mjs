import { enterProject, generate } from './prepare.mjs'
import { Stop } from './progress.mjs'

/** `npm run generate`: the Prisma client out of prisma/schema. */
try {
  enterProject()
  await generate()
} catch (error) {
  console.error(error instanceof Stop ? error.message : error)
  process.exit(1)
}
