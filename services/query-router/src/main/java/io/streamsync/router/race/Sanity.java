package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.NodeAnswer.Kind;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.tip.Reach;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an answer cannot say if its node follows the chain: a slot or a height where the chain is not, another chain.
/// What it looks like is the protocol's.
final class Sanity {

    static final String IMPLAUSIBLE_SLOT = "implausible slot";

    private static final Failure IMPLAUSIBLE = new Failure(IMPLAUSIBLE_SLOT, true, false);
    private static final Failure OTHER_CHAIN = new Failure("another chain", true, false);

    /// More digits than slots have.
    private static final int MOST_DIGITS = 18;

    private final Supplier<@Nullable String> genesisHash;

    /// @param genesisHash null while it is not known
    Sanity(Supplier<@Nullable String> genesisHash) {
        this.genesisHash = genesisHash;
    }

    /// @param reach how far the chain is by now
    /// @return null when nothing speaks against the answer
    @Nullable
    Failure failure(String method, NodeAnswer answer, SlotBounds bounds, Reach reach, long millis) {
        if (answer.slot().isPresent() && !bounds.isPlausible(answer.slot().getAsLong(), reach, millis)) {
            return IMPLAUSIBLE;
        }
        if (answer.kind() == Kind.ERROR) {
            return null;
        }
        return switch (method) {
            // slots are skipped, blocks are not: the height is never above the slot
            case "getBlockHeight" -> isNumberUpTo(reach.highest(bounds.told(), millis), answer) ? null : IMPLAUSIBLE;
            case "getGenesisHash" -> isGenesis(answer, genesisHash.get()) ? null : OTHER_CHAIN;
            default -> null;
        };
    }

    private static boolean isGenesis(NodeAnswer answer, @Nullable String hash) {
        if (hash == null) {
            return true;
        }
        var genesis = ('"' + hash + '"').getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(answer.body(), answer.from(), answer.to(), genesis, 0, genesis.length);
    }

    private static boolean isNumberUpTo(long most, NodeAnswer answer) {
        var length = answer.to() - answer.from();
        if (most == Long.MAX_VALUE || !answer.shaped()) {
            return true;
        }
        return length <= MOST_DIGITS
                && Long.parseLong(new String(answer.body(), answer.from(), length, StandardCharsets.US_ASCII)) <= most;
    }
}
