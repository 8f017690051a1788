package io.streamsync.billing.charging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The charged races of a stream that wait for their verdict. Sequences are given out one after the other, so a bit for
/// each is enough, and a batch touches few blocks of them.
final class OpenRaces {

    /// What a batch of a router's start at full speed answers within a second.
    static final int PER_BLOCK = 4096;

    private static final int WORDS = PER_BLOCK / Long.SIZE;

    private final Map<Long, Block> blocks = new HashMap<>();
    private final Map<Long, Long> lapsed;
    private final Map<Long, Long> returned = new HashMap<>();
    private final Set<Long> changed = new HashSet<>();

    /// The block that was asked for last: the next one mostly is the same.
    private @Nullable Block latest;
    private long latestChanged = -1;

    /// @param blocks all that the batch touches
    /// @param lapsed the verifiers' shares of races that lapsed before, by sequence
    OpenRaces(Collection<Block> blocks, Map<Long, Long> lapsed) {
        blocks.forEach(block -> this.blocks.put(block.number(), block));
        this.lapsed = new HashMap<>(lapsed);
    }

    static long block(long sequence) {
        return sequence / PER_BLOCK;
    }

    boolean isOpen(long sequence) {
        var block = find(block(sequence));
        return block != null && (block.bits[word(sequence)] & bit(sequence)) != 0;
    }

    /// A race was charged.
    ///
    /// @param due Unix ms at which its verdict should have come
    void charged(long sequence, long due) {
        if (isOpen(sequence)) {
            throw new StreamBroken("race " + sequence + " was answered twice");
        }
        var number = block(sequence);
        var block = find(number);
        var next = block == null ? new Block(number, new long[WORDS], due) : block.earliest(due);
        next.bits[word(sequence)] |= bit(sequence);
        if (block == null || next.due() != block.due()) {
            blocks.put(number, next);
            latest = next;
        }
        change(number);
    }

    /// The verdict of a race has come.
    ///
    /// @return the share that the insurance got when the race lapsed; 0 where it was in time
    long verified(long sequence, long position) {
        if (isOpen(sequence)) {
            close(sequence);
            return 0;
        }
        var share = lapsed.remove(sequence);
        if (share == null) {
            throw new StreamBroken("race " + sequence + " was verified twice, or was never charged for");
        }
        returned.put(sequence, position);
        return share;
    }

    void close(long sequence) {
        var number = block(sequence);
        var block = find(number);
        if (block != null) {
            block.bits[word(sequence)] &= ~bit(sequence);
            change(number);
        }
    }

    private @Nullable Block find(long number) {
        if (latest == null || latest.number() != number) {
            latest = blocks.get(number);
        }
        return latest;
    }

    private void change(long number) {
        if (latestChanged != number) {
            latestChanged = number;
            changed.add(number);
        }
    }

    List<Block> changed() {
        return changed.stream().sorted().map(this::known).toList();
    }

    /// The position of the verdict, by the sequence of its race.
    Map<Long, Long> returned() {
        return returned;
    }

    private Block known(Long number) {
        var block = blocks.get(number);
        if (block == null) {
            throw new IllegalStateException("block " + number + " changed without being there");
        }
        return block;
    }

    private static int word(long sequence) {
        return (int) (sequence % PER_BLOCK) / Long.SIZE;
    }

    private static long bit(long sequence) {
        return 1L << (sequence % Long.SIZE);
    }

    /// Neighbouring sequences.
    ///
    /// @param due Unix ms before which none of them lapses
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else's
    record Block(long number, long[] bits, long due) {

        boolean isEmpty() {
            for (var word : bits) {
                if (word != 0) {
                    return false;
                }
            }
            return true;
        }

        Instant dueAt() {
            return Instant.ofEpochMilli(due);
        }

        List<Long> sequences() {
            var sequences = new ArrayList<Long>();
            for (var index = 0; index < bits.length; index++) {
                for (var left = bits[index]; left != 0; left &= left - 1) {
                    sequences.add(number * PER_BLOCK + (long) index * Long.SIZE + Long.numberOfTrailingZeros(left));
                }
            }
            return sequences;
        }

        private Block earliest(long other) {
            return other < due ? new Block(number, bits, other) : this;
        }
    }
}
