package io.streamsync.billing.explanation;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.money.Amount;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who could have raced, recomputed from the snapshot of the draw.
///
/// @param candidates the likeliest
/// @param candidateCount of all; null while the snapshot has not arrived
/// @param leftOut nodes that could not race, and nodes that were drawn and could not be used
record FieldView(List<CandidateView> candidates, @Nullable Integer candidateCount, List<LeftOutView> leftOut) {

    private static final int LIKELIEST = 50;

    static FieldView of(Field field, List<Skipped> skipped) {
        return new FieldView(
                field.candidates().stream()
                        .sorted(Comparator.comparingDouble(Candidate::probability)
                                .reversed())
                        .limit(LIKELIEST)
                        .map(CandidateView::of)
                        .toList(),
                field.candidates().size(),
                Stream.concat(
                                field.leftOut().stream()
                                        .map(node -> new LeftOutView(
                                                node.nodeId().value(),
                                                node.operatorId().value(),
                                                node.reason().name())),
                                skipped(skipped))
                        .toList());
    }

    static FieldView withoutSnapshot(List<Skipped> skipped) {
        return new FieldView(List.of(), null, skipped(skipped).toList());
    }

    private static Stream<LeftOutView> skipped(List<Skipped> skipped) {
        return skipped.stream()
                .map(node -> new LeftOutView(
                        node.nodeId().value(),
                        node.operatorId().value(),
                        node.reason().name()));
    }

    record CandidateView(String nodeId, String operatorId, String price, long weight, double probability) {

        static CandidateView of(Candidate candidate) {
            return new CandidateView(
                    candidate.node().id().value(),
                    candidate.node().operatorId().value(),
                    Amount.decimal(candidate.ask().priceNano()),
                    candidate.weight(),
                    candidate.probability());
        }
    }

    record LeftOutView(String nodeId, String operatorId, String reason) {}
}
