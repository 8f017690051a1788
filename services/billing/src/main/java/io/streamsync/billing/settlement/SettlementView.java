package io.streamsync.billing.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.streamsync.billing.settlement.Corrections.Corrected;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A settlement in the form of the public interfaces.
///
/// @param hash of the header, which is `previous` of the next
/// @param parametersVersion in force when it was sealed
/// @param parametersVersions this one, and those that records name
/// @param ranges left out in lists
/// @param stakersCarried to the next window; left out where the header does not say, as `stakesRoot` is
/// @param corrections races of earlier windows whose fee this one gives back, the first of them; left out in lists
/// @param header the bytes that are signed, in base64
/// @param publicKey the 32 bytes, in base64
record SettlementView(
        long epoch,
        Instant startsAt,
        Instant endsAt,
        Instant sealedAt,
        long leafCount,
        String root,
        String previous,
        String hash,

        @JsonInclude(Include.NON_NULL) @Nullable List<RangeView> ranges,

        SumsView sums,
        String stakersShare,

        @JsonInclude(Include.NON_NULL) @Nullable String stakersCarried,

        @JsonInclude(Include.NON_NULL) @Nullable String stakesRoot,

        String parametersVersion,
        List<String> parametersVersions,

        @JsonInclude(Include.NON_NULL) @Nullable List<CorrectionView> corrections,

        @JsonInclude(Include.NON_NULL) @Nullable Long correctionCount,

        String header,
        String signature,
        String publicKey) {

    static SettlementView inList(Settlement settlement) {
        return of(settlement, null, null, null);
    }

    static SettlementView whole(Settlement settlement, List<Corrected> corrections, long correctionCount) {
        return of(
                settlement,
                settlement.header().ranges().stream().map(RangeView::of).toList(),
                corrections.stream().map(CorrectionView::of).toList(),
                correctionCount);
    }

    private static SettlementView of(
            Settlement settlement,
            @Nullable List<RangeView> ranges,
            @Nullable List<CorrectionView> corrections,
            @Nullable Long correctionCount) {
        var header = settlement.header();
        var sharedOut = header.sharedOut();
        return new SettlementView(
                header.epoch(),
                Instant.ofEpochMilli(header.startsAt()),
                Instant.ofEpochMilli(header.endsAt()),
                settlement.sealedAt(),
                header.leafCount(),
                header.root(),
                header.previous(),
                header.hash(),
                ranges,
                SumsView.of(header.sums()),
                Amount.decimal(header.stakersShare()),
                sharedOut == null ? null : Amount.decimal(sharedOut.carried()),
                sharedOut == null ? null : sharedOut.stakesRoot(),
                header.parametersVersions().getFirst(),
                header.parametersVersions(),
                corrections,
                correctionCount,
                header.base64(),
                base64(settlement.signature()),
                base64(HexFormat.of().parseHex(header.publicKey())));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// @param to the position after the last
    record RangeView(int routerId, int incarnation, long from, long to) {

        static RangeView of(StreamRange range) {
            return new RangeView(range.router(), range.incarnation(), range.from(), range.to());
        }
    }

    /// See `protocol/README.md`, Settlements.
    record SumsView(
            String charged,
            String refunded,
            String operators,
            String verifiers,
            String stakers,
            String treasury,
            String insurance) {

        static SumsView of(Sums sums) {
            return new SumsView(
                    Amount.decimal(sums.charged()),
                    Amount.decimal(sums.refunded()),
                    Amount.decimal(sums.operators()),
                    Amount.decimal(sums.verifiers()),
                    Amount.decimal(sums.stakers()),
                    Amount.decimal(sums.treasury()),
                    Amount.decimal(sums.insurance()));
        }
    }

    /// @param window that has the race
    record CorrectionView(String raceId, long window) {

        static CorrectionView of(Corrected corrected) {
            return new CorrectionView(corrected.raceId(), corrected.epoch());
        }
    }
}
