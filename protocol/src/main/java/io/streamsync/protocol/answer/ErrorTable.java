package io.streamsync.protocol.answer;

import static java.util.Map.entry;

import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import java.util.Map;

/// The error table of comparability, row by row: what a node's error code means for the race.
final class ErrorTable {

    /// What two absences share. From Agave 4.0 an unknown `before` or `until` is an error, before it an empty list.
    static final String EMPTY = "empty";

    static final int METHOD_NOT_FOUND = -32601;
    static final int INTERNAL = -32603;
    static final int PREFLIGHT = -32002;
    static final String BAD_SIGNATURE = "error:-32003";

    static final Failure RATE_LIMITED = new Failure("RATE_LIMITED", false, true);

    private static final Failure NODE_FAULT = counted("NODE_FAULT");
    // counted or not by what the node sells: see Replies
    private static final Failure NOT_HELD = counted("NOT_HELD");
    private static final NeedsSecond SKIPPED = lap("skipped");

    private static final Map<Integer, Reply> TREATMENTS = Map.ofEntries(
            entry(-32700, NODE_FAULT),
            entry(INTERNAL, NODE_FAULT),
            entry(429, RATE_LIMITED),
            entry(-32429, RATE_LIMITED),
            entry(-32600, end("error:-32600")),
            entry(-32602, end("error:-32602")),
            entry(METHOD_NOT_FOUND, uncounted("NOT_OFFERED")),
            entry(-32001, NOT_HELD),
            entry(-32011, NOT_HELD),
            entry(-32008, NOT_HELD),
            entry(-32010, NOT_HELD),
            entry(PREFLIGHT, end("error:-32002")),
            entry(-32003, end(BAD_SIGNATURE)),
            entry(-32006, end("error:-32006")),
            entry(-32013, end("error:-32013")),
            entry(-32004, uncounted("BEHIND")),
            entry(-32014, uncounted("BEHIND")),
            entry(-32005, counted("UNHEALTHY")),
            // a node with long-term storage says -32009 of the slot of which one without says -32007
            entry(-32007, SKIPPED),
            entry(-32009, SKIPPED),
            entry(-32012, NODE_FAULT),
            entry(-32019, NODE_FAULT),
            entry(-32015, end("error:-32015")),
            entry(-32016, lap("error:-32016")),
            entry(-32017, end("error:-32017")),
            entry(-32018, end("error:-32018")),
            entry(-32020, lap(EMPTY)));

    private ErrorTable() {}

    /// A code that no row names is an error that only all who answered can make true: nobody knows whose making it is.
    static Reply treatment(int code) {
        var known = TREATMENTS.get(code);
        return known != null ? known : lap("error:" + code);
    }

    static boolean isListed(int code) {
        return TREATMENTS.containsKey(code);
    }

    static boolean isNotHeld(Reply reply) {
        return reply.equals(NOT_HELD);
    }

    private static NeedsSecond end(String equivalence) {
        return new NeedsSecond(false, equivalence);
    }

    private static NeedsSecond lap(String equivalence) {
        return new NeedsSecond(true, equivalence);
    }

    private static Failure counted(String reason) {
        return new Failure(reason, true, false);
    }

    private static Failure uncounted(String reason) {
        return new Failure(reason, false, false);
    }
}
