package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
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
        var subscriptionId = open.hex(ID);
        var occurredAt = open.i64();
        var epoch = open.i64();
        var parametersVersion = open.text();
        var method = open.text();
        var nodeId = new NodeId(open.text());
        var operatorId = new OperatorId(open.text());
        var priceNano = open.i64();
        var opened = open.flag();
        var notifications = open.i64();
        var feeNano = open.i64();
        open.raw(Sha256.LENGTH);
        return new SubscriptionCharged(
                subscriptionId,
                occurredAt,
                epoch,
                parametersVersion,
                method,
                nodeId,
                operatorId,
                priceNano,
                opened,
                notifications,
                feeNano,
                AnsweredBytes.readPrivate(secret));
    }
}
