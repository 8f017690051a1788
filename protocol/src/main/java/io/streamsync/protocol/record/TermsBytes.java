package io.streamsync.protocol.record;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The customer's terms in bytes.
final class TermsBytes {

    private static final int HAS_MAX_PRICE = 1;
    private static final int HAS_MAX_LATENCY = 2;
    private static final int QUORUM = 4;

    private static final Preference[] PREFERENCES = Preference.values();

    private TermsBytes() {}

    static void write(ByteWriter out, Terms terms) {
        var price = terms.maxPriceNano();
        var latency = terms.maxLatencyMs();
        out.choice(terms.prefer());
        out.u8((price.isPresent() ? HAS_MAX_PRICE : 0)
                | (latency.isPresent() ? HAS_MAX_LATENCY : 0)
                | (terms.quorum() ? QUORUM : 0));
        if (price.isPresent()) {
            out.i64(price.getAsLong());
        }
        if (latency.isPresent()) {
            out.u32(latency.getAsInt());
        }
        out.u8(terms.racers());
        out.u8(terms.stagedRacers());
        writeIds(out, terms.only());
        writeIds(out, terms.exclude());
    }

    static Terms read(ByteReader in) {
        var prefer = in.choice(PREFERENCES);
        var flags = in.flags(HAS_MAX_PRICE | HAS_MAX_LATENCY | QUORUM);
        var price = (flags & HAS_MAX_PRICE) == 0 ? OptionalLong.empty() : OptionalLong.of(in.i64());
        var latency = (flags & HAS_MAX_LATENCY) == 0 ? OptionalInt.empty() : OptionalInt.of(in.u32());
        return new Terms(prefer, price, latency, in.u8(), in.u8(), (flags & QUORUM) != 0, readIds(in), readIds(in));
    }

    private static void writeIds(ByteWriter out, List<OperatorId> ids) {
        out.count16(ids.size());
        for (var id : ids) {
            out.text(id.value());
        }
    }

    private static List<OperatorId> readIds(ByteReader in) {
        var ids = new ArrayList<OperatorId>();
        for (var left = in.u16(); left > 0; left--) {
            ids.add(in.operatorId());
        }
        return ids;
    }
}
