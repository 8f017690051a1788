package io.streamsync.router.race;

import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import io.streamsync.protocol.record.StreamRecord.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why a place that replied did not win, in the codes of the records.
final class WhyNot {

    private static final Map<String, Reason> BY_NAME =
            Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::name, Function.identity()));

    private WhyNot() {}

    /// @param inTime whether the race was still undecided
    /// @param submission whether a transaction was sent
    static Reason of(Reply reply, boolean inTime, Contender contender, boolean submission) {
        return switch (reply) {
            case Failure failure -> of(failure);
            case Content _ when inTime && contender.races() && submission -> Reason.DRAWN_LATER;
            case Content _, NeedsSecond _ -> inTime ? ofSound(contender) : Reason.LATER;
        };
    }

    private static Reason ofSound(Contender contender) {
        if (contender.races()) {
            return Reason.UNCONFIRMED;
        }
        return contender.counts() && !contender.deliverable() ? Reason.UNDELIVERABLE : Reason.NOT_RACING;
    }

    static Reason of(Failure failure) {
        var name = failure.reason().toUpperCase(Locale.ROOT).replace(' ', '_');
        return BY_NAME.getOrDefault(name, Reason.NODE_FAULT);
    }
}
