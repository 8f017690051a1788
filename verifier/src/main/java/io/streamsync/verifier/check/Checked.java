package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.RefundReason;
import java.util.List;
import java.util.Map;

/// What was looked at.
///
/// @param publicKey that has signed, lower-case hex
/// @param parameters the versions that the window went by, with what in them is not as the protocol has it
/// @param races ANSWERED leaves
/// @param replayed of which the draw was drawn again
/// @param withoutSla answers that have none
/// @param withoutSlaByWord of which this is the router's word: large, or waiting for a slot
/// @param withLists races in which, by the router's word, the customer chose among operators
/// @param creditSkips nodes skipped, by the router's word, for want of credit
/// @param verdicts VERIFIED leaves
/// @param earlierVerdicts of races in windows that were not read
/// @param unverified races that still wait for their verdict
/// @param refunds by reason
/// @param receipts proven
/// @param sums by pool, nano-USDC
/// @param notices what nobody can tell from what is published
/// @param waiting what is not published yet, and may be soon
public record Checked(
        String publicKey,
        List<String> parameters,
        long leaves,
        long streams,
        long races,
        long replayed,
        long withoutSla,
        long withoutSlaByWord,
        long withLists,
        long creditSkips,
        long verdicts,
        long earlierVerdicts,
        long unverified,
        long subscriptionCharges,
        Map<RefundReason, Long> refunds,
        long secrets,
        long snapshots,
        long receipts,
        Map<String, Long> sums,
        List<String> notices,
        List<String> waiting) {}
