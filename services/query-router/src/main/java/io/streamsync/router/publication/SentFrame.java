package io.streamsync.router.publication;

import io.streamsync.protocol.record.Frame;

/// A frame on its way.
///
/// @param turn how often its stream had gone back when it was sent
record SentFrame(StreamForwarder stream, int turn, Frame frame) {

    String key() {
        return stream.incarnation().key();
    }

    boolean isFull() {
        return frame.records().size() == Frame.MAX_RECORDS;
    }
}
