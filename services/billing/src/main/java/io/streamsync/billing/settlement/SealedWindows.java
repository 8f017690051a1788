package io.streamsync.billing.settlement;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.parameters.Parameters;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Finds the window that a caller names, or says why there is none.
@Component
class SealedWindows {

    private final Settlements settlements;
    private final Parameters parameters;
    private final InstantSource clock;

    SealedWindows(Settlements settlements, Parameters parameters, InstantSource clock) {
        this.settlements = settlements;
        this.parameters = parameters;
        this.clock = clock;
    }

    Settlement sealed(String epoch) {
        if (!epoch.matches("\\d{1,15}")) {
            throw unknown();
        }
        var number = Long.parseLong(epoch);
        return settlements.find(number).orElseThrow(() -> isToCome(number) ? notYet() : unknown());
    }

    /// Epochs that every clock will have reached soon.
    private boolean isToCome(long epoch) {
        var current = clock.millis() / parameters.epoch().toMillis();
        var last = settlements.last().map(settlement -> settlement.header().epoch());
        return last.isPresent() ? epoch > last.get() : epoch >= current;
    }

    /// The refusal of what was sealed and is not kept any more.
    static Refusal dropped() {
        return new Refusal(
                ProblemCode.NOT_FOUND, "The records of this window are not kept any more. Its header still is.");
    }

    private static Refusal notYet() {
        return new Refusal(
                ProblemCode.NOT_SEALED,
                "This window is not sealed yet: it is, some seconds after its epoch has ended.");
    }

    private static Refusal unknown() {
        return new Refusal(ProblemCode.NOT_FOUND, "No window of such an epoch was ever sealed.");
    }
}
