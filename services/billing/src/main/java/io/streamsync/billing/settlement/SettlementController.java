package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.paging.Page;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.record.RaceIds;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Sealed windows, for everybody, and proofs of what is in them.
@RestController
@RequestMapping("/v1/settlements")
class SettlementController {

    /// So many corrections are named; the leaves tell them all.
    private static final int CORRECTIONS = 500;

    private final Settlements settlements;
    private final SealedWindows windows;
    private final Corrections corrections;
    private final Proofs proofs;
    private final SettledPlaces places;
    private final RaceRows races;
    private final RaceIds raceIds;

    SettlementController(
            Settlements settlements,
            SealedWindows windows,
            Corrections corrections,
            Proofs proofs,
            SettledPlaces places,
            RaceRows races,
            RaceIds raceIds) {
        this.settlements = settlements;
        this.windows = windows;
        this.corrections = corrections;
        this.proofs = proofs;
        this.places = places;
        this.races = races;
        this.raceIds = raceIds;
    }

    /// Newest first.
    @GetMapping
    Page<SettlementView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        return Page.of(
                settlements.list(Page.position(cursor, Long.MAX_VALUE), size + 1),
                size,
                settlement -> Long.toString(settlement.place()),
                SettlementView::inList);
    }

    @GetMapping("/{epoch}")
    SettlementView settlement(@PathVariable String epoch) {
        var settlement = windows.sealed(epoch);
        return SettlementView.whole(
                settlement, corrections.of(settlement.place(), CORRECTIONS), corrections.count(settlement.place()));
    }

    /// That the ANSWERED of a race is in the window.
    @GetMapping("/{epoch}/proofs/{raceId}")
    ProofView proof(@PathVariable String epoch, @PathVariable String raceId) {
        var race = race(raceId);
        var settlement = windows.sealed(epoch);
        var place = places.find(race.address().router(), race.address().incarnation(), race.position())
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_SEALED, "The window of this race is not sealed yet."));
        if (place.epoch() != settlement.header().epoch()) {
            throw new Refusal(ProblemCode.NOT_FOUND, "This race is in the window of epoch " + place.epoch() + ".");
        }
        return proofs.find(settlement, place.leaf())
                .map(proof -> ProofView.of(raceId, proof, settlement.header().root()))
                .orElseThrow(SealedWindows::dropped);
    }

    private RaceRow race(String raceId) {
        return raceIds.open(raceId)
                .flatMap(opened -> races.find(opened.address(), Instant.ofEpochMilli(opened.epochMillis())))
                .orElseThrow(() -> new Refusal(
                        ProblemCode.NOT_FOUND, "No race of this id, or its records are not kept any more."));
    }

    /// @param path hex, bottom-up
    record ProofView(
            String raceId,
            String leafBytes,
            String leafHash,
            long index,
            long leafCount,
            List<String> path,
            String root) {

        static ProofView of(String raceId, Proofs.Proof proof, String root) {
            return new ProofView(
                    raceId,
                    Base64.getEncoder().encodeToString(proof.leaf().bytes()),
                    HexFormat.of().formatHex(proof.leaf().hash()),
                    proof.path().index(),
                    proof.path().leafCount(),
                    proof.path().path().stream().map(HexFormat.of()::formatHex).toList(),
                    root);
        }
    }
}
