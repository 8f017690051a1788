package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.record.Records;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Records to their bytes.
final class RecordBytes implements GoldenFile {

    static final List<StreamRecord> ALL = List.of(
            Records.ordinary(),
            Records.unusual(),
            Records.verified(),
            Records.leaseClosed(),
            Records.epochEnded(),
            Records.streamEnded(),
            Records.explained(),
            Records.verifiedLarge(),
            Records.subscriptionOpened(),
            Records.subscriptionNotified());

    private static final Map<String, Class<? extends StreamRecord>> KINDS = Map.of(
            "ANSWERED", Answered.class,
            "VERIFIED", Verified.class,
            "LEASE_CLOSED", LeaseClosed.class,
            "EPOCH_ENDED", EpochEnded.class,
            "STREAM_ENDED", StreamEnded.class,
            "SUBSCRIPTION_CHARGED", SubscriptionCharged.class);

    @Override
    public String name() {
        return "records.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return ALL.stream()
                .map(record -> object("kind", kind(record), "record", record))
                .toList();
    }

    private static String kind(StreamRecord record) {
        return switch (record) {
            case Answered _ -> "ANSWERED";
            case Verified _ -> "VERIFIED";
            case LeaseClosed _ -> "LEASE_CLOSED";
            case EpochEnded _ -> "EPOCH_ENDED";
            case StreamEnded _ -> "STREAM_ENDED";
            case SubscriptionCharged _ -> "SUBSCRIPTION_CHARGED";
        };
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var type = KINDS.get(input.required("kind").stringValue());
        var record = GoldenJson.JSON.convertValue(input.required("record"), type);
        var bytes = StreamRecords.encode(record);
        return object(
                "bytes", HexFormat.of().formatHex(bytes),
                "publicPart", HexFormat.of().formatHex(StreamRecords.publicPart(bytes)));
    }
}
