package io.streamsync.verifier;

/// How a race of the tests goes.
enum RacePlan {
    CONFIRMED,
    LATE,
    LATE_BY_ROUTER,
    NO_ANSWER,
    CONTRADICTED,
    INCONCLUSIVE,
    DISPUTED,
    CHECKER_WINS,
    SECOND_DRAW,
    LATER_PLACES,
    LARGE,
    BROKEN_OFF,
    SUBMITTED
}
