-- CreateEnum
CREATE TYPE "DeliveryKind" AS ENUM ('AUTOMATIC', 'MANUAL', 'SHARED');

-- CreateEnum
CREATE TYPE "BatchKind" AS ENUM ('UPLOAD', 'HAND_DELIVERY');

-- CreateEnum
CREATE TYPE "BatchSource" AS ENUM ('UNSTATED', 'PUBLISHER', 'DISTRIBUTOR', 'RESALE');

-- CreateEnum
CREATE TYPE "BatchReview" AS ENUM ('NONE', 'PENDING', 'APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('UPLOADED', 'QUEUED', 'CHECKING', 'CHECKED', 'RUNNING', 'DONE', 'CANCELLED', 'REFUSED', 'FAILED');

-- DropForeignKey
ALTER TABLE "cdk" DROP CONSTRAINT "cdk_merchantId_fkey";

-- DropIndex
DROP INDEX "cdk_batchId_idx";

-- DropIndex
DROP INDEX "cdk_merchantId_fingerprint_key";

-- DropIndex
DROP INDEX "cdk_orderId_idx";

-- AlterTable
ALTER TABLE "category" ADD COLUMN     "requiresProof" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "cdk" ADD COLUMN     "costMinor" INTEGER,
ADD COLUMN     "eventAt" TIMESTAMPTZ(3),
ADD COLUMN     "eventHash" BYTEA,
ADD COLUMN     "eventSeq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "sellBy" TIMESTAMPTZ(3) NOT NULL DEFAULT '9999-12-31 00:00:00+00'::timestamptz;

-- AlterTable
ALTER TABLE "key_check" DROP CONSTRAINT "key_check_pkey",
ADD CONSTRAINT "key_check_pkey" PRIMARY KEY ("name", "version");

-- AlterTable
ALTER TABLE "stock_batch" ADD COLUMN     "costMinor" INTEGER,
ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "frozenAt" TIMESTAMPTZ(3),
ADD COLUMN     "frozenById" UUID,
ADD COLUMN     "frozenReason" TEXT,
ADD COLUMN     "kind" "BatchKind" NOT NULL DEFAULT 'UPLOAD',
ADD COLUMN     "review" "BatchReview" NOT NULL DEFAULT 'NONE',
ADD COLUMN     "reviewNote" TEXT,
ADD COLUMN     "reviewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedById" UUID,
ADD COLUMN     "seats" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "source" "BatchSource" NOT NULL DEFAULT 'UNSTATED',
ADD COLUMN     "sourceNote" TEXT,
ADD COLUMN     "validityDays" INTEGER;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "locale" TEXT NOT NULL DEFAULT 'zh-CN';

-- AlterTable
ALTER TABLE "variant" ADD COLUMN     "delivery" "DeliveryKind" NOT NULL DEFAULT 'AUTOMATIC',
ADD COLUMN     "deliveryHours" INTEGER,
ADD COLUMN     "lowStockAt" INTEGER,
ADD COLUMN     "sharedSeats" INTEGER,
ADD COLUMN     "validityDays" INTEGER;

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "userId" UUID,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_mail" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cdk_event" (
    "merchantId" UUID NOT NULL,
    "cdkId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorPseudonym" TEXT NOT NULL,
    "commitment" BYTEA NOT NULL,
    "salt" BYTEA,
    "details" JSONB,
    "hash" BYTEA NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,

    CONSTRAINT "cdk_event_pkey" PRIMARY KEY ("cdkId","seq")
);

-- CreateTable
CREATE TABLE "log_leaf" (
    "index" BIGINT NOT NULL,
    "cdkId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "log_leaf_pkey" PRIMARY KEY ("index")
);

-- CreateTable
CREATE TABLE "log_state" (
    "id" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "tree" BYTEA NOT NULL,
    "sealedTo" BIGINT NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_tile" (
    "level" SMALLINT NOT NULL,
    "index" BIGINT NOT NULL,
    "width" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "log_tile_pkey" PRIMARY KEY ("level","index")
);

-- CreateTable
CREATE TABLE "log_checkpoint" (
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "log_cosignature" (
    "size" BIGINT NOT NULL,
    "witness" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_cosignature_pkey" PRIMARY KEY ("size","witness")
);

-- CreateTable
CREATE TABLE "log_handover" (
    "id" UUID NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_proof" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "fileKey" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "byteCount" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "uploadedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "batch_proof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_import" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "variantId" UUID NOT NULL,
    "uploadedById" UUID NOT NULL,
    "batchId" UUID,
    "state" "ImportState" NOT NULL,
    "fileName" TEXT,
    "byteCount" BIGINT NOT NULL,
    "fileKey" TEXT,
    "wrappedKey" BYTEA NOT NULL,
    "masterKeyVersion" INTEGER NOT NULL,
    "choices" JSONB NOT NULL,
    "allOrNothing" BOOLEAN NOT NULL DEFAULT false,
    "batchFacts" JSONB NOT NULL,
    "linesTotal" INTEGER,
    "linesDone" INTEGER NOT NULL DEFAULT 0,
    "bytesDone" BIGINT NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL,
    "failure" TEXT,
    "cancelAskedAt" TIMESTAMPTZ(3),
    "leaseId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "stock_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_rejection" (
    "merchantId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "column" INTEGER,

    CONSTRAINT "import_rejection_pkey" PRIMARY KEY ("importId","line")
);

-- CreateTable
CREATE TABLE "fingerprint_pair" (
    "id" UUID NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "merchantId" UUID NOT NULL,
    "cdkId" UUID,
    "importId" UUID,
    "line" INTEGER,
    "firstMerchantId" UUID NOT NULL,
    "firstCdkId" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "handledAt" TIMESTAMPTZ(3),
    "handledById" UUID,
    "note" TEXT,

    CONSTRAINT "fingerprint_pair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_export" (
    "id" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "filter" JSONB NOT NULL,
    "count" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_export_unit" (
    "cdkId" UUID NOT NULL,
    "merchantId" UUID NOT NULL,
    "exportId" UUID NOT NULL,
    "mark" TEXT NOT NULL,

    CONSTRAINT "stock_export_unit_pkey" PRIMARY KEY ("cdkId")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_dedupeKey_key" ON "notification"("dedupeKey");

-- CreateIndex
CREATE INDEX "notification_userId_createdAt_idx" ON "notification"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "outbox_mail_createdAt_idx" ON "outbox_mail"("createdAt");

-- CreateIndex
CREATE INDEX "cdk_event_xid_idx" ON "cdk_event"("xid");

-- CreateIndex
CREATE UNIQUE INDEX "log_leaf_cdkId_seq_key" ON "log_leaf"("cdkId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "batch_proof_fileKey_key" ON "batch_proof"("fileKey");

-- CreateIndex
CREATE INDEX "batch_proof_batchId_idx" ON "batch_proof"("batchId");

-- CreateIndex
CREATE UNIQUE INDEX "stock_import_fileKey_key" ON "stock_import"("fileKey");

-- CreateIndex
CREATE INDEX "stock_import_merchantId_createdAt_idx" ON "stock_import"("merchantId", "createdAt");

-- CreateIndex
CREATE INDEX "stock_import_variantId_createdAt_idx" ON "stock_import"("variantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "stock_import_merchantId_id_key" ON "stock_import"("merchantId", "id");

-- CreateIndex
CREATE INDEX "fingerprint_pair_seenAt_idx" ON "fingerprint_pair"("seenAt");

-- CreateIndex
CREATE UNIQUE INDEX "fingerprint_pair_fingerprint_merchantId_firstMerchantId_key" ON "fingerprint_pair"("fingerprint", "merchantId", "firstMerchantId");

-- CreateIndex
CREATE INDEX "stock_export_merchantId_createdAt_idx" ON "stock_export"("merchantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "stock_export_unit_mark_key" ON "stock_export_unit"("mark");

-- CreateIndex
CREATE INDEX "stock_export_unit_exportId_cdkId_idx" ON "stock_export_unit"("exportId", "cdkId");

-- CreateIndex
CREATE UNIQUE INDEX "stock_export_unit_merchantId_cdkId_key" ON "stock_export_unit"("merchantId", "cdkId");

-- CreateIndex
CREATE INDEX "cdk_batchId_id_idx" ON "cdk"("batchId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "cdk_fingerprint_merchantId_key" ON "cdk"("fingerprint", "merchantId");

-- CreateIndex
CREATE INDEX "stock_batch_merchantId_createdAt_idx" ON "stock_batch"("merchantId", "createdAt");

-- CreateIndex
CREATE INDEX "stock_batch_review_createdAt_idx" ON "stock_batch"("review", "createdAt");

-- AddForeignKey
ALTER TABLE "log_cosignature" ADD CONSTRAINT "log_cosignature_size_fkey" FOREIGN KEY ("size") REFERENCES "log_checkpoint"("size") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_proof" ADD CONSTRAINT "batch_proof_merchantId_batchId_fkey" FOREIGN KEY ("merchantId", "batchId") REFERENCES "stock_batch"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_import" ADD CONSTRAINT "stock_import_merchantId_variantId_fkey" FOREIGN KEY ("merchantId", "variantId") REFERENCES "variant"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_import" ADD CONSTRAINT "stock_import_merchantId_batchId_fkey" FOREIGN KEY ("merchantId", "batchId") REFERENCES "stock_batch"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_rejection" ADD CONSTRAINT "import_rejection_merchantId_importId_fkey" FOREIGN KEY ("merchantId", "importId") REFERENCES "stock_import"("merchantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_export_unit" ADD CONSTRAINT "stock_export_unit_merchantId_cdkId_fkey" FOREIGN KEY ("merchantId", "cdkId") REFERENCES "cdk"("merchantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on.

-- The two hashes of lib/domain/provenance (cdk-event.ts, commitment.ts) as the database makes them, so that an event is written by the
-- statement of its change. Tests and fsck compare them with the other implementation.
CREATE FUNCTION cdk_commitment(salt BYTEA, details TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN sha256(convert_to(E'keybond/commitment/v1\n', 'UTF8') || salt || convert_to(details, 'UTF8'));
CREATE FUNCTION cdk_event_hash(actor TEXT, at TIMESTAMPTZ, cdk UUID, commitment BYTEA, merchant UUID, previous BYTEA, seq INT, type TEXT)
  RETURNS BYTEA LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN sha256(convert_to(E'keybond/cdk-event/v1\n{"actorPseudonym":"' || actor || '","at":' || (extract(epoch FROM at) * 1000)::bigint
    || ',"cdkId":"' || cdk || '","commitment":"' || encode(commitment, 'hex') || '","merchantId":"' || merchant
    || '","prevHash":"' || encode(previous, 'hex') || '","seq":' || seq || ',"type":"' || type || '"}', 'UTF8'));

-- States.
ALTER TABLE "variant" ADD CONSTRAINT "variant_manual_has_hours"
  CHECK (("delivery" = 'MANUAL') = ("deliveryHours" IS NOT NULL) AND ("deliveryHours" IS NULL OR "deliveryHours" BETWEEN 1 AND 24));
-- One seat an order: two seats of one code would be one code paid twice.
ALTER TABLE "variant" ADD CONSTRAINT "variant_shared_has_seats"
  CHECK (("delivery" = 'SHARED') = ("sharedSeats" IS NOT NULL) AND ("sharedSeats" IS NULL OR ("sharedSeats" BETWEEN 2 AND 10000 AND "maxPerOrder" = 1)));
ALTER TABLE "variant" ADD CONSTRAINT "variant_promises_sound" CHECK ("validityDays" > 0 AND "lowStockAt" > 0);
ALTER TABLE "stock_batch" ADD CONSTRAINT "stock_batch_facts_sound" CHECK ("costMinor" >= 0 AND "validityDays" > 0 AND "seats" BETWEEN 1 AND 10000);
ALTER TABLE "stock_batch" ADD CONSTRAINT "stock_batch_frozen_by" CHECK (("frozenAt" IS NULL) = ("frozenById" IS NULL) AND ("frozenAt" IS NULL) = ("frozenReason" IS NULL));
ALTER TABLE "stock_batch" ADD CONSTRAINT "stock_batch_reviewed_by" CHECK (("review" IN ('APPROVED', 'REJECTED')) = ("reviewedById" IS NOT NULL));
ALTER TABLE "order" DROP CONSTRAINT "order_due_while_open", DROP CONSTRAINT "order_paid_is_delivered", DROP CONSTRAINT "order_closed_at";
ALTER TABLE "order" DROP CONSTRAINT "order_frozen_sound";
ALTER TABLE "order" ADD CONSTRAINT "order_due_while_open" CHECK (
  CASE WHEN "status" = 'AWAITING_PAYMENT' THEN "dueAt" IS NOT NULL
       WHEN "status" IN ('AWAITING_DELIVERY', 'DELIVERED') THEN ("dueAt" IS NOT NULL) = ("frozenAt" IS NULL)
       ELSE "dueAt" IS NULL END);
ALTER TABLE "order" ADD CONSTRAINT "order_frozen_sound" CHECK (
  ("frozenAt" IS NULL OR "status" IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED', 'REFUNDED'))
  AND ("pausedSeconds" IS NOT NULL) = ("status" IN ('AWAITING_DELIVERY', 'DELIVERED') AND "frozenAt" IS NOT NULL));
ALTER TABLE "order" ADD CONSTRAINT "order_paid_at"
  CHECK (("status" IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED', 'REFUNDED')) = ("paidAt" IS NOT NULL));
-- Refunded ones may have been given up before anything was delivered.
ALTER TABLE "order" ADD CONSTRAINT "order_delivered_at"
  CHECK ("status" = 'REFUNDED' OR ("status" IN ('DELIVERED', 'CONFIRMED')) = ("deliveredAt" IS NOT NULL));
ALTER TABLE "order" ADD CONSTRAINT "order_closed_at" CHECK (("status" IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED')) = ("closedAt" IS NULL));
ALTER TABLE "cdk" DROP CONSTRAINT "cdk_state_sound";
ALTER TABLE "cdk" ADD CONSTRAINT "cdk_state_sound" CHECK (
  CASE "state"
    WHEN 'AVAILABLE' THEN "orderId" IS NULL AND "deliveredAt" IS NULL AND "revealedAt" IS NULL
    WHEN 'FROZEN' THEN "orderId" IS NULL AND "deliveredAt" IS NULL AND "revealedAt" IS NULL
    WHEN 'RESERVED' THEN "orderId" IS NOT NULL AND "deliveredAt" IS NULL AND "revealedAt" IS NULL
    WHEN 'DELIVERED' THEN "orderId" IS NOT NULL AND "deliveredAt" IS NOT NULL
    ELSE TRUE
  END);
ALTER TABLE "cdk" ADD CONSTRAINT "cdk_sell_by_sound" CHECK ("sellBy" <= COALESCE("expiresAt", '9999-12-31 00:00:00+00'::timestamptz));
ALTER TABLE "cdk" ADD CONSTRAINT "cdk_event_head_sound" CHECK ("eventSeq" >= 0 AND length("eventHash") = 32);
ALTER TABLE "cdk_event" ADD CONSTRAINT "cdk_event_sound"
  CHECK ("seq" >= 0 AND length("hash") = 32 AND length("commitment") = 32 AND (length("salt") = 32 OR "salt" IS NULL) AND (("seq" = 0) = ("type" = 'imported')));
ALTER TABLE "stock_import" ADD CONSTRAINT "stock_import_leased" CHECK (("leaseId" IS NULL) = ("leaseUntil" IS NULL));
ALTER TABLE "stock_import" ADD CONSTRAINT "stock_import_finished" CHECK (("state" IN ('DONE', 'CANCELLED', 'REFUSED', 'FAILED')) = ("finishedAt" IS NOT NULL));
ALTER TABLE "log_state" ADD CONSTRAINT "log_state_one_row" CHECK ("id" = 1);
ALTER TABLE "log_tile" ADD CONSTRAINT "log_tile_sound" CHECK ("width" BETWEEN 1 AND 256 AND "level" BETWEEN -1 AND 63);
INSERT INTO "log_state" VALUES (1, 0, '', 0, now());

-- The queues.
DROP INDEX "cdk_available_idx";
CREATE INDEX "cdk_available_idx" ON "cdk" ("variantId", "bucket", "sellBy") WHERE "state" = 'AVAILABLE';
CREATE INDEX "cdk_order_idx" ON "cdk" ("orderId") WHERE "orderId" IS NOT NULL;
CREATE INDEX "cdk_expiring_idx" ON "cdk" ("merchantId", "state", "expiresAt", "id") WHERE "expiresAt" IS NOT NULL;
CREATE INDEX "cdk_out_of_sale_idx" ON "cdk" ("merchantId", "state", "id") WHERE "state" IN ('RETIRED', 'FROZEN');
CREATE INDEX "stock_batch_due_idx" ON "stock_batch" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "stock_import_due_idx" ON "stock_import" ("createdAt") WHERE "state" IN ('QUEUED', 'CHECKING', 'RUNNING');
CREATE INDEX "notification_due_idx" ON "notification" ("dueAt") WHERE "dueAt" IS NOT NULL;
-- The CDKs that were ever an order's: an entry for each reservation, none for an import.
CREATE INDEX "cdk_event_order_idx" ON "cdk_event" ((("details"->>'orderId')::uuid)) WHERE "type" = 'reserved';
CREATE INDEX "notification_unread_idx" ON "notification" ("userId") WHERE "readAt" IS NULL;
ALTER TABLE "cdk_event" SET (autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE "log_tile" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- CDKs from before the log: what their rows tell is written into the chains once, under the name of the system.
CREATE FUNCTION pg_temp.chain(event_type TEXT, chosen UUID[], event_at TIMESTAMPTZ[], facts TEXT[]) RETURNS VOID LANGUAGE sql AS $$
  WITH salted AS (
    SELECT id, at, facts, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) AS salt
    FROM unnest(chosen, event_at, facts) AS chosen (id, at, facts)
  ), told AS (
    UPDATE cdk c SET
      "eventSeq" = CASE WHEN c."eventHash" IS NULL THEN 0 ELSE c."eventSeq" + 1 END,
      "eventAt" = GREATEST(c."eventAt", s.at),
      "eventHash" = cdk_event_hash('system', GREATEST(c."eventAt", s.at), c.id, cdk_commitment(s.salt, s.facts), c."merchantId",
        COALESCE(c."eventHash", decode(repeat('00', 32), 'hex')), CASE WHEN c."eventHash" IS NULL THEN 0 ELSE c."eventSeq" + 1 END, event_type)
    FROM salted s WHERE s.id = c.id
    RETURNING c.id, c."merchantId", c."eventSeq", c."eventAt", c."eventHash", s.salt, s.facts
  )
  INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, salt, details, hash)
  SELECT "merchantId", id, "eventSeq", event_type, "eventAt", 'system', cdk_commitment(salt, facts), salt, facts::jsonb, "eventHash" FROM told
$$;
SELECT pg_temp.chain('imported', array_agg(id), array_agg("createdAt"), array_agg('{"batchId":"' || "batchId" || '"}')) FROM cdk;
SELECT pg_temp.chain('reserved', array_agg(c.id), array_agg(o."placedAt"), array_agg('{"orderId":"' || o.id || '"}')) FROM cdk c JOIN "order" o ON o.id = c."orderId";
SELECT pg_temp.chain('delivered', array_agg(id), array_agg("deliveredAt"), array_agg('{"orderId":"' || "orderId" || '"}')) FROM cdk WHERE "deliveredAt" IS NOT NULL AND "orderId" IS NOT NULL;
SELECT pg_temp.chain('revealed', array_agg(id), array_agg("revealedAt"), array_agg('{"orderId":"' || "orderId" || '"}')) FROM cdk WHERE "revealedAt" IS NOT NULL AND "orderId" IS NOT NULL;
SELECT pg_temp.chain('confirmed', array_agg(c.id), array_agg(o."closedAt"), array_agg('{"orderId":"' || o.id || '"}')) FROM cdk c JOIN "order" o ON o.id = c."orderId" WHERE c.state = 'DELIVERED' AND o.status = 'CONFIRMED';
SELECT pg_temp.chain('refunded', array_agg(c.id), array_agg(now()), array_agg('{"orderId":"' || c."orderId" || '"}')) FROM cdk c WHERE c.state = 'RETIRED' AND c."orderId" IS NOT NULL;
SELECT pg_temp.chain('retired', array_agg(c.id), array_agg(now()), array_agg('{"batchId":"' || c."batchId" || '"}')) FROM cdk c WHERE c.state = 'RETIRED' AND c."orderId" IS NULL;
ALTER TABLE "cdk" ALTER COLUMN "sellBy" DROP DEFAULT, ALTER COLUMN "eventAt" SET NOT NULL, ALTER COLUMN "eventHash" SET NOT NULL;

-- Only ever added to. Salts and what they open may be destroyed.
REVOKE UPDATE, DELETE, TRUNCATE ON "cdk_event", "log_leaf", "log_cosignature", "log_handover", "stock_export", "stock_export_unit" FROM CURRENT_USER;
REVOKE DELETE, TRUNCATE ON "log_checkpoint" FROM CURRENT_USER;
-- As with order_refund: log_cosignature's foreign key locks its row, which wants the right to UPDATE.
CREATE TRIGGER "log_checkpoint_append_only" BEFORE UPDATE ON "log_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_update"();
GRANT UPDATE ("salt", "details") ON "cdk_event" TO CURRENT_USER;
