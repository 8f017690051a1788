package io.streamsync.billing.charging;

import io.streamsync.protocol.record.StreamRecord;

/// A record at its position in the stream.
public record PositionedRecord(long position, StreamRecord record) {}
