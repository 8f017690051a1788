package io.streamsync.verifier.finding;

/// What kind of thing does not fit; the names are stable.
public enum FindingCode {
    /// The header is not signed by the key that it is published with.
    HEADER_SIGNATURE("the header's signature"),
    /// What is shown of the header is not what was signed.
    HEADER_CONTRADICTED("what was signed"),
    /// The settlements are signed by different keys, or not by the one that was asked for.
    KEY_CHANGED("the signing key"),
    /// A header does not name the hash of the one before it, or does not begin where that ended.
    CHAIN_BROKEN("the chain of headers"),
    /// The positions of a stream do not go on where the window before ended, or streams stand out of their order.
    RANGE_GAP("the positions of the window"),
    /// A stream is missing that had not ended.
    STREAM_VANISHED("a stream that had not ended"),
    /// The leaves do not make up the root.
    ROOT("the Merkle root"),
    LEAF_COUNT("the number of leaves"),
    /// The leaves are not those of the ranges, in order and one per position.
    POSITION_GAP("the positions of the leaves"),
    /// The bytes are no record.
    LEAF_UNREADABLE("a record's bytes"),
    /// A router's stream goes on behind its end.
    AFTER_STREAM_END("the end of the stream"),
    /// A race has a number and no record.
    SEQUENCE_GAP("the numbers of races"),
    /// A number that was used before, or long after it was given out.
    SEQUENCE_REPEATED("a race's number"),
    /// The secret is not the one that was committed to.
    SECRET_MISMATCH("the secret's commitment"),
    /// A secret that another epoch has, too: it was told before the races that were drawn with it.
    SECRET_REPEATED("a secret of one epoch"),
    /// The secret is not there ten minutes after the epoch.
    SECRET_WITHHELD("the secret"),
    /// Races were drawn in an epoch that the router had not committed to.
    NO_COMMITMENT("a commitment"),
    /// The snapshot's bytes are not those of its name.
    SNAPSHOT_CHANGED("the snapshot"),
    SNAPSHOT_MISSING("a published snapshot"),
    /// The router did not name the snapshot among those that it worked from.
    SNAPSHOT_NOT_NAMED("the snapshots that the router named"),
    /// The router worked from another snapshot than that of the moment.
    SNAPSHOT_NOT_IN_FORCE("the snapshot of the moment"),
    /// The parameters are not those of their version.
    PARAMETERS_CHANGED("the parameters"),
    PARAMETERS_MISSING("published parameters"),
    /// A record went by parameters that were not in force.
    PARAMETERS_NOT_IN_FORCE("the parameters in force"),
    /// A record has a time at which it cannot have been written where it stands.
    RECORD_TIME("a record's time"),
    /// The race was drawn with the secret of another epoch than its time's.
    EPOCH_OF_RACE("the epoch of the race"),
    /// Other places than those that snapshot, terms, secret and skips give.
    DRAW("the draw"),
    /// A skip for a reason that cannot have been.
    SKIP_UNFOUNDED("a skip"),
    /// A suspicion: one router skips an operator far more often than others do.
    SKIPS_SINGLE_OUT("skips"),
    /// Fewer draws or skips are shown than the records hold.
    SKIPS_MISCOUNTED("the count of skips"),
    /// Somebody won who could not.
    WINNER("the winner"),
    /// More is charged than the winner asked.
    FEE_ABOVE_ASK("the fee"),
    /// More is charged than the customer was ready to pay.
    FEE_ABOVE_CEILING("the customer's ceiling"),
    /// Something else is charged than is due.
    FEE_WRONG("the fee"),
    /// The SLA is not the customer's or the winner's, or is not judged by the latency.
    SLA_WRONG("the SLA"),
    /// A refund is due that is not listed.
    REFUND_MISSING("a refund"),
    /// A refund is listed that is not due.
    REFUND_WRONG("a refund"),
    /// The status does not follow from the votes.
    STATUS_WRONG("the status"),
    /// The race's last record never came.
    VERDICT_MISSING("the verdict"),
    VERDICT_REPEATED("the verdict"),
    /// A verdict on a race that there is not.
    VERDICT_WITHOUT_RACE("the race of a verdict"),
    /// The verdict contradicts the race that it is on.
    VERDICT_MISMATCH("the verdict"),
    /// The header's sums are not those of the leaves.
    SUMS_WRONG("the header's sums"),
    /// Something else was shared out to stakes than there was, or is carried to the next window.
    STAKERS_SHARE("the stakers' share"),
    /// The stakers' share did not go to bonded stakes, pro rata.
    STAKES_WRONG("the stakes of the window"),
    /// What is said to be corrected of earlier windows is not what is given back of them.
    CORRECTION_WRONG("corrections"),
    /// A subscription costs more than the node asked.
    SUBSCRIPTION_FEE("a subscription's fee"),
    /// A customer has a receipt of a race that was not settled.
    RACE_OMITTED("a settled race"),
    /// The settled race is not what the customer was told.
    RECEIPT_MISMATCH("a receipt"),
    /// A proof does not lead to the root.
    PROOF_WRONG("a proof");

    private final String subject;

    FindingCode(String subject) {
        this.subject = subject;
    }

    /// What it is about, as the beginning of a sentence.
    public String subject() {
        return subject;
    }
}
