import type { Client } from 'pg'
import type { Damage } from './damages'

const one = (where: string) => `(SELECT id FROM complaint WHERE ${where} ORDER BY id LIMIT 1)`
const OPEN = one(`state = 'OPEN' AND holds`)
const unit = (where: string) => `(SELECT "cdkId" FROM complaint_unit WHERE ${where} ORDER BY "cdkId" LIMIT 1)`

const sql = (statement: string) => async (client: Client) => {
  const { rowCount } = await client.query(statement)
  if (rowCount === 0) throw new Error(`hit nothing: ${statement}`)
}

export const DAMAGES_OF_COMPLAINTS: readonly Damage[] = [
  {
    what: 'an order that goes on although a complaint holds it',
    fails: ['complaints/hold'],
    inflict: sql(`
      UPDATE "order" SET "complainedAt" = NULL, "dueAt" = now() + interval '1 day', "pausedSeconds" = NULL
      WHERE id = (SELECT "orderId" FROM complaint WHERE id = ${OPEN})`),
  },
  {
    what: 'an order that was confirmed under a complaint',
    fails: ['complaints/no-release', 'orders/history'],
    inflict: sql(`
      INSERT INTO order_event (id, "merchantId", "orderId", type, at, "actorKind", data)
      SELECT gen_random_uuid(), "merchantId", "orderId", 'confirm', "openedAt" + interval '1 second', 'BUYER', '{}' FROM complaint WHERE id = ${OPEN}`),
  },
  {
    what: 'a CDK that stays in question after its case was closed',
    fails: ['complaints/units'],
    inflict: sql(`UPDATE complaint_unit SET open = TRUE WHERE "cdkId" = ${unit(`result = 'REFUNDED'`)}`),
  },
  {
    what: 'a CDK found to be refunded of which nobody was paid',
    fails: ['complaints/executed'],
    inflict: sql(`
      UPDATE complaint_unit SET result = 'REFUNDED', "replacementId" = NULL WHERE "cdkId" = ${unit(`result = 'REPLACED'`)}`),
  },
  {
    what: 'a ruling that was not carried out',
    fails: ['complaints/ruled-once'],
    inflict: sql(`
      UPDATE complaint_unit SET result = 'REJECTED' WHERE "complaintId" = (SELECT "complaintId" FROM ruling ORDER BY id LIMIT 1)`),
  },
  {
    what: 'a complaint that a CDK knows nothing of',
    fails: ['complaints/in-the-log'],
    inflict: sql(`
      UPDATE complaint_unit SET "cdkId" = (SELECT id FROM cdk WHERE state = 'AVAILABLE' ORDER BY id LIMIT 1) WHERE "complaintId" = ${OPEN}`),
  },
  {
    what: 'a penalty that says more than the deposit paid',
    fails: ['complaints/penalties'],
    inflict: sql(`
      UPDATE penalty SET "amountMinor" = "amountMinor" + 9, "takenMinor" = "takenMinor" + 9
      WHERE id = (SELECT id FROM penalty WHERE "complaintId" IS NOT NULL ORDER BY id LIMIT 1)`),
  },
  {
    what: 'evidence of which a part is gone',
    fails: ['complaints/evidence-whole'],
    inflict: sql(
      `DELETE FROM evidence_part WHERE "fileKey" = (SELECT "fileKey" FROM evidence_part ORDER BY "offset" DESC LIMIT 1)`,
    ),
  },
  {
    what: 'a message in a case that was written over',
    fails: ['complaints/chains'],
    inflict: sql(`
      UPDATE case_entry SET body = jsonb_set(body, '{statement}', '"All is well."') WHERE "complaintId" = ${OPEN} AND seq = 0`),
  },
]
