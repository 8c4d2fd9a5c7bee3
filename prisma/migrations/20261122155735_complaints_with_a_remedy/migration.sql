-- CreateEnum
CREATE TYPE "ComplaintState" AS ENUM ('OPEN', 'OFFERED', 'ASKED', 'CONTESTED', 'ESCALATED', 'RULED', 'APPEALED', 'CLOSED');

-- CreateEnum
CREATE TYPE "ComplaintOutcome" AS ENUM ('RECORDS', 'ACCEPTED', 'SILENCE', 'OFFER_TAKEN', 'RULED', 'WITHDRAWN', 'UNANSWERED', 'TIMED_OUT', 'ELSEWHERE');

-- CreateEnum
CREATE TYPE "Remedy" AS ENUM ('REFUND', 'REPLACEMENT', 'COMPENSATION');

-- CreateEnum
CREATE TYPE "UnitResult" AS ENUM ('REFUNDED', 'REPLACED', 'COMPENSATED', 'REJECTED');

-- CreateEnum
CREATE TYPE "CaseSide" AS ENUM ('BUYER', 'MERCHANT', 'STAFF');

-- CreateEnum
CREATE TYPE "EvidenceState" AS ENUM ('UPLOADING', 'READY', 'REFUSED', 'DROPPED');

-- CreateEnum
CREATE TYPE "LimitState" AS ENUM ('PROPOSED', 'IN_FORCE', 'LIFTED');

-- AlterTable
ALTER TABLE "order" ADD COLUMN     "complainedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stock_batch" ADD COLUMN     "attributes" JSONB;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "employerNumber" TEXT,
ADD COLUMN     "restingSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "complaint" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "buyerId" UUID,
    "buyerKey" TEXT NOT NULL,
    "failure" TEXT NOT NULL,
    "demand" "Remedy" NOT NULL,
    "demandMinor" INTEGER,
    "stakeMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "state" "ComplaintState" NOT NULL,
    "outcome" "ComplaintOutcome",
    "holds" BOOLEAN NOT NULL DEFAULT true,
    "limited" BOOLEAN NOT NULL DEFAULT false,
    "dueAt" TIMESTAMPTZ(3),
    "escalateAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "repliedAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3),
    "escalatedAt" TIMESTAMPTZ(3),
    "ruledAt" TIMESTAMPTZ(3),
    "appealedAt" TIMESTAMPTZ(3),
    "appealBy" "CaseSide",
    "closedAt" TIMESTAMPTZ(3),
    "reopenedAt" TIMESTAMPTZ(3),
    "alarmedAt" TIMESTAMPTZ(3),
    "remindedAt" TIMESTAMPTZ(3),
    "afterRelease" BOOLEAN NOT NULL,
    "arbitratorId" UUID,
    "secondId" UUID,
    "appealArbitratorId" UUID,
    "proposal" JSONB,
    "offer" JSONB,
    "entrySeq" INTEGER NOT NULL,
    "entryHash" BYTEA NOT NULL,

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_unit" (
    "complaintId" UUID NOT NULL,
    "cdkId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "priceMinor" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "result" "UnitResult",
    "replacementId" UUID,

    CONSTRAINT "complaint_unit_pkey" PRIMARY KEY ("complaintId","cdkId")
);

-- CreateTable
CREATE TABLE "case_entry" (
    "complaintId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "merchantId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "body" JSONB NOT NULL,
    "salt" BYTEA NOT NULL,
    "commitment" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "hiddenAt" TIMESTAMPTZ(3),

    CONSTRAINT "case_entry_pkey" PRIMARY KEY ("complaintId","seq")
);

-- CreateTable
CREATE TABLE "case_read" (
    "complaintId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "side" "CaseSide" NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_read_pkey" PRIMARY KEY ("complaintId","side")
);

-- CreateTable
CREATE TABLE "complaint_draft" (
    "orderId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "complaint_draft_pkey" PRIMARY KEY ("orderId")
);

-- CreateTable
CREATE TABLE "evidence_file" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "complaintId" UUID NOT NULL,
    "side" "CaseSide" NOT NULL,
    "uploadedById" UUID,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "contentType" TEXT,
    "byteCount" INTEGER NOT NULL,
    "receivedBytes" INTEGER NOT NULL DEFAULT 0,
    "sha256" BYTEA,
    "wrappedKey" BYTEA NOT NULL,
    "masterKeyVersion" INTEGER NOT NULL,
    "state" "EvidenceState" NOT NULL,
    "refusal" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "touchedAt" TIMESTAMPTZ(3) NOT NULL,
    "readyAt" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_part" (
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "merchantId" UUID NOT NULL,
    "fileKey" TEXT NOT NULL,
    "byteCount" INTEGER NOT NULL,

    CONSTRAINT "evidence_part_pkey" PRIMARY KEY ("fileId","offset")
);

-- CreateTable
CREATE TABLE "ruling" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "complaintId" UUID NOT NULL,
    "appeal" BOOLEAN NOT NULL,
    "arbitratorId" UUID,
    "secondId" UUID,
    "units" JSONB NOT NULL,
    "compensationMinor" INTEGER NOT NULL DEFAULT 0,
    "borneMinor" INTEGER NOT NULL DEFAULT 0,
    "forBuyer" BOOLEAN NOT NULL,
    "reasons" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ruling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "buyer_limit" (
    "id" UUID NOT NULL,
    "buyerKey" TEXT NOT NULL,
    "state" "LimitState" NOT NULL,
    "complaints" JSONB NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "note" TEXT,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "buyer_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_answer" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "canned_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "penalty" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "complaintId" UUID,
    "tariff" TEXT NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "takenMinor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "penalty_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "complaint_number_key" ON "complaint"("number");

-- CreateIndex
CREATE INDEX "complaint_orderId_idx" ON "complaint"("orderId");

-- CreateIndex
CREATE INDEX "complaint_merchantId_state_dueAt_idx" ON "complaint"("merchantId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "complaint_merchantId_openedAt_idx" ON "complaint"("merchantId", "openedAt");

-- CreateIndex
CREATE INDEX "complaint_buyerKey_openedAt_idx" ON "complaint"("buyerKey", "openedAt");

-- CreateIndex
CREATE INDEX "complaint_state_openedAt_idx" ON "complaint"("state", "openedAt");

-- CreateIndex
CREATE INDEX "complaint_failure_closedAt_idx" ON "complaint"("failure", "closedAt");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_merchantId_id_key" ON "complaint"("merchantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_unit_replacementId_key" ON "complaint_unit"("replacementId");

-- CreateIndex
CREATE INDEX "complaint_unit_cdkId_idx" ON "complaint_unit"("cdkId");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_draft_merchantId_orderId_key" ON "complaint_draft"("merchantId", "orderId");

-- CreateIndex
CREATE INDEX "evidence_file_complaintId_idx" ON "evidence_file"("complaintId");

-- CreateIndex
CREATE INDEX "evidence_file_state_touchedAt_idx" ON "evidence_file"("state", "touchedAt");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_file_merchantId_id_key" ON "evidence_file"("merchantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_part_fileKey_key" ON "evidence_part"("fileKey");

-- CreateIndex
CREATE INDEX "ruling_arbitratorId_at_idx" ON "ruling"("arbitratorId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ruling_complaintId_appeal_key" ON "ruling"("complaintId", "appeal");

-- CreateIndex
CREATE INDEX "buyer_limit_buyerKey_idx" ON "buyer_limit"("buyerKey");

-- CreateIndex
CREATE INDEX "buyer_limit_state_proposedAt_idx" ON "buyer_limit"("state", "proposedAt");

-- CreateIndex
CREATE UNIQUE INDEX "canned_answer_merchantId_title_key" ON "canned_answer"("merchantId", "title");

-- CreateIndex
CREATE INDEX "penalty_merchantId_at_idx" ON "penalty"("merchantId", "at");

-- CreateIndex
CREATE INDEX "penalty_at_idx" ON "penalty"("at");

-- CreateIndex
CREATE UNIQUE INDEX "penalty_orderId_complaintId_tariff_key" ON "penalty"("orderId", "complaintId", "tariff");

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_merchantId_orderId_fkey" FOREIGN KEY ("merchantId", "orderId") REFERENCES "order"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_unit" ADD CONSTRAINT "complaint_unit_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_unit" ADD CONSTRAINT "complaint_unit_merchantId_cdkId_fkey" FOREIGN KEY ("merchantId", "cdkId") REFERENCES "cdk"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_entry" ADD CONSTRAINT "case_entry_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_read" ADD CONSTRAINT "case_read_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_draft" ADD CONSTRAINT "complaint_draft_merchantId_orderId_fkey" FOREIGN KEY ("merchantId", "orderId") REFERENCES "order"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_part" ADD CONSTRAINT "evidence_part_merchantId_fileId_fkey" FOREIGN KEY ("merchantId", "fileId") REFERENCES "evidence_file"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ruling" ADD CONSTRAINT "ruling_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "canned_answer" ADD CONSTRAINT "canned_answer_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "penalty" ADD CONSTRAINT "penalty_merchantId_fkey" FOREIGN KEY ("merchantId") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "penalty" ADD CONSTRAINT "penalty_merchantId_orderId_fkey" FOREIGN KEY ("merchantId", "orderId") REFERENCES "order"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "penalty" ADD CONSTRAINT "penalty_merchantId_complaintId_fkey" FOREIGN KEY ("merchantId", "complaintId") REFERENCES "complaint"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: what Prisma does not know.

-- An order's clock runs exactly while neither a dispute nor a complaint stops it.
ALTER TABLE "order" DROP CONSTRAINT "order_due_while_open", DROP CONSTRAINT "order_frozen_sound";
ALTER TABLE "order" ADD CONSTRAINT "order_due_while_open" CHECK (
  CASE WHEN "status" = 'AWAITING_PAYMENT' THEN "dueAt" IS NOT NULL
       WHEN "status" IN ('AWAITING_DELIVERY', 'DELIVERED') THEN ("dueAt" IS NOT NULL) = ("frozenAt" IS NULL AND "complainedAt" IS NULL)
       ELSE "dueAt" IS NULL END);
ALTER TABLE "order" ADD CONSTRAINT "order_frozen_sound" CHECK (
  ("frozenAt" IS NULL OR "status" IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED', 'REFUNDED'))
  AND ("complainedAt" IS NULL OR "status" IN ('DELIVERED', 'CONFIRMED', 'REFUNDED'))
  AND ("pausedSeconds" IS NOT NULL) = ("status" IN ('AWAITING_DELIVERY', 'DELIVERED') AND ("frozenAt" IS NOT NULL OR "complainedAt" IS NOT NULL)));

ALTER TABLE "complaint" ADD CONSTRAINT "complaint_closed_sound" CHECK (
  ("state" = 'CLOSED') = ("closedAt" IS NOT NULL) AND ("state" = 'CLOSED') = ("dueAt" IS NULL)
  AND ("state" IN ('RULED', 'APPEALED') OR ("state" = 'CLOSED') = ("outcome" IS NOT NULL))
  AND NOT ("state" = 'CLOSED' AND "holds"));
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_states_sound" CHECK (
  ("state" <> 'OFFERED' OR "offer" IS NOT NULL)
  AND ("state" NOT IN ('ESCALATED', 'RULED', 'APPEALED') OR "escalatedAt" IS NOT NULL)
  AND ("state" NOT IN ('RULED', 'APPEALED') OR "ruledAt" IS NOT NULL)
  AND ("state" <> 'APPEALED' OR "appealedAt" IS NOT NULL)
  AND ("appealedAt" IS NULL) = ("appealBy" IS NULL)
  AND ("proposal" IS NULL OR "state" IN ('ESCALATED', 'APPEALED')));
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_arbitrators_differ" CHECK (
  "arbitratorId" <> "secondId" AND "arbitratorId" <> "appealArbitratorId" AND "secondId" <> "appealArbitratorId");
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_money_sound" CHECK (
  "stakeMinor" >= 0 AND ("demand" = 'COMPENSATION') = ("demandMinor" IS NOT NULL) AND "demandMinor" > 0);
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_chain_sound" CHECK ("entrySeq" >= 0 AND length("entryHash") = 32);
CREATE INDEX "complaint_due" ON "complaint" ("dueAt", "id") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "complaint_holds" ON "complaint" ("orderId") WHERE "holds";
CREATE UNIQUE INDEX "complaint_unit_one_open" ON "complaint_unit" ("cdkId") WHERE "open";
ALTER TABLE "complaint_unit" ADD CONSTRAINT "complaint_unit_sound" CHECK (
  "priceMinor" >= 0 AND ("replacementId" IS NOT NULL) = ("result" = 'REPLACED' AND "result" IS NOT NULL));
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_sound" CHECK (
  "byteCount" BETWEEN 1 AND 209715200 AND "receivedBytes" BETWEEN 0 AND "byteCount"
  AND ("state" = 'READY') = ("readyAt" IS NOT NULL)
  AND ("state" <> 'READY' OR ("sha256" IS NOT NULL AND "contentType" IS NOT NULL AND "receivedBytes" = "byteCount"))
  AND ("state" = 'REFUSED') = ("refusal" IS NOT NULL));
ALTER TABLE "evidence_part" ADD CONSTRAINT "evidence_part_sound" CHECK ("offset" >= 0 AND "byteCount" > 0);
ALTER TABLE "ruling" ADD CONSTRAINT "ruling_sound" CHECK ("compensationMinor" >= 0 AND "borneMinor" >= 0);
ALTER TABLE "penalty" ADD CONSTRAINT "penalty_sound" CHECK ("amountMinor" >= 0 AND "takenMinor" BETWEEN 0 AND "amountMinor");
-- NULLs are distinct in a unique index: a penalty without a complaint, once per order.
CREATE UNIQUE INDEX "penalty_once_per_order" ON "penalty" ("orderId", "tariff") WHERE "complaintId" IS NULL;
CREATE UNIQUE INDEX "buyer_limit_one_running" ON "buyer_limit" ("buyerKey") WHERE "state" <> 'LIFTED';

-- Penalties of orders that were not delivered by hand, taken before there was a table of them.
INSERT INTO "penalty" ("id", "merchantId", "orderId", "tariff", "amountMinor", "takenMinor", "currency", "at")
SELECT gen_random_uuid(), "merchantId", "orderId", 'LATE_DELIVERY', "amountMinor"::int, "amountMinor"::int, "currency", "at"
FROM "ledger_transfer" WHERE "code" = 'penalty' AND "orderId" IS NOT NULL;

-- Only ever added to.
REVOKE DELETE, TRUNCATE ON "case_entry", "penalty" FROM CURRENT_USER;
REVOKE UPDATE ON "case_entry" FROM CURRENT_USER;
GRANT UPDATE ("hiddenAt") ON "case_entry" TO CURRENT_USER;
REVOKE UPDATE ON "penalty" FROM CURRENT_USER;
GRANT UPDATE ("returnedAt") ON "penalty" TO CURRENT_USER;
REVOKE UPDATE, DELETE, TRUNCATE ON "ruling" FROM CURRENT_USER;
REVOKE DELETE, TRUNCATE ON "complaint", "complaint_unit" FROM CURRENT_USER;
