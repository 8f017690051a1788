package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;

/// SUBSCRIPTION_CHARGED in bytes, the public part; the private part is that of ANSWERED.
final class SubscriptionBytes {

    private static final int ID = 16;

    private SubscriptionBytes() {}

    static void writePublic(ByteWriter out, SubscriptionCharged charged) {
        out.hex(charged.subscriptionId(), ID);
        out.i64(charged.occurredAt());
        out.i64(charged.epoch());
        out.text(charged.parametersVersion());
        out.text(charged.method());
        out.text(charged.nodeId().value());
        out.text(charged.operatorId().value());
        out.i64(charged.priceNano());
        out.flag(charged.opened());
        out.i64(charged.notifications());
        out.i64(charged.feeNano());
    }

    static SubscriptionCharged read(ByteReader open, ByteReader secret) {
        var charged = readPublic(open);
        return new SubscriptionCharged(
                charged.subscriptionId(),
                charged.occurredAt(),
                charged.epoch(),
                charged.parametersVersion(),
                charged.method(),
                charged.nodeId(),
                charged.operatorId(),
                charged.priceNano(),
                charged.opened(),
                charged.notifications(),
                charged.feeNano(),
                AnsweredBytes.readPrivate(secret));
    }

    static PublicRecord.SubscriptionCharged readPublic(ByteReader open) {
        return new PublicRecord.SubscriptionCharged(
                open.hex(ID),
                open.i64(),
                open.i64(),
                open.text(),
                open.text(),
                open.nodeId(),
                open.operatorId(),
                open.i64(),
                open.flag(),
                open.i64(),
                open.i64(),
                open.hex(Sha256.LENGTH));
    }
}
