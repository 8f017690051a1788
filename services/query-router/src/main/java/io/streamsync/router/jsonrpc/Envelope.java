package io.streamsync.router.jsonrpc;

import java.util.List;

/// What the bytes of a request are.
public sealed interface Envelope {

    /// Calls of a batch at most (public interfaces, Queries).
    int MAX_BATCH = 100;

    static Envelope read(byte[] body) {
        return EnvelopeReader.read(body);
    }

    record Single(Element element) implements Envelope {}

    /// In the order of the request.
    record Batch(List<Element> elements) implements Envelope {

        public Batch {
            elements = List.copyOf(elements);
        }
    }

    /// No JSON-RPC at all: refused whole.
    record Unreadable(Refusal refusal) implements Envelope {}

    /// One element of a batch, or the whole of a single request.
    sealed interface Element permits Call, Element.Invalid, Element.Notification {

        /// No call, but its place in a batch must be answered.
        @SuppressWarnings("ArrayRecordComponent") // written out as it is, never compared
        record Invalid(byte[] id) implements Element {}

        /// A call without an id: JSON-RPC answers nothing, so nobody is asked and nothing is charged.
        record Notification() implements Element {}
    }
}
