package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An economic entity: one wallet, one stake, its own prices. Each change returns the next state.
///
/// @param countsAs the operator that this one counts as in draws, votes and shares (protocol, Actors)
/// @param version of the row that this state was read from
public record Operator(
        OperatorId id,
        Wallet wallet,
        String name,
        String payoutAddress,
        @Nullable String website,
        OperatorState state,
        OperatorId countsAs,
        Instant createdAt,
        int version) {

    static Operator register(OperatorId id, Wallet wallet, Profile profile, Instant now) {
        return new Operator(
                id,
                wallet,
                profile.name().value(),
                profile.payoutAddress().value(),
                profile.websiteText(),
                OperatorState.REGISTERED,
                id,
                now,
                0);
    }

    Operator present(Profile profile) {
        return new Operator(
                id,
                wallet,
                profile.name().value(),
                profile.payoutAddress().value(),
                profile.websiteText(),
                state,
                countsAs,
                createdAt,
                version);
    }

    /// Its stake reached the minimum.
    public Operator staked() {
        return switch (state) {
            case REGISTERED -> in(OperatorState.STAKED);
            case STAKED, ACTIVE, EXITING, EXITED, DELISTED -> this;
        };
    }

    /// One of its nodes was admitted.
    public Operator admitted() {
        return switch (state) {
            case STAKED -> in(OperatorState.ACTIVE);
            case REGISTERED, ACTIVE, EXITING, EXITED, DELISTED -> this;
        };
    }

    private Operator in(OperatorState next) {
        return new Operator(id, wallet, name, payoutAddress, website, next, countsAs, createdAt, version);
    }
}
