package io.streamsync.events;

/// Topic names (the event catalogue of the public interfaces).
public final class Topics {

    /// Binary frames of race records, key = router stream `router/incarnation`; see protocol's `Frame`.
    public static final String RACES = "streamsync.races";

    public static final String SNAPSHOTS = "streamsync.snapshots";
    public static final String EPOCHS = "streamsync.epochs";
    public static final String PROBES = "streamsync.probes";

    /// Compacted, key = node id.
    public static final String LISTINGS = "streamsync.listings";

    /// Compacted, key = node id.
    public static final String REPUTATIONS = "streamsync.reputations";

    /// Compacted, key = key hash.
    public static final String CREDENTIALS = "streamsync.credentials";

    public static final String STAKES = "streamsync.stakes";
    public static final String DISPUTES = "streamsync.disputes";
    public static final String JURY_ANSWERS = "streamsync.jury-answers";
    public static final String APPEALS = "streamsync.appeals";
    public static final String SETTLEMENTS = "streamsync.settlements";

    private static final String DEAD_LETTERS = ".dlt";

    private Topics() {}

    /// Where an event goes that could not be handled.
    public static String deadLetters(String topic) {
        return topic + DEAD_LETTERS;
    }
}
