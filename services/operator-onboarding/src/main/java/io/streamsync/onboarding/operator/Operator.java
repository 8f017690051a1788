package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An economic entity: one wallet, one stake, its own prices. Each change returns the next state; a step that the state
/// does not allow is refused.
///
/// @param delistedFor null in every state but `DELISTED`
/// @param countsAs the operator that this one counts as in draws, votes and shares (protocol, Actors)
/// @param version of the row that this state was read from
public record Operator(
        OperatorId id,
        Wallet wallet,
        String name,
        String payoutAddress,
        @Nullable String website,
        OperatorState state,
        @Nullable Delisting delistedFor,
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
                null,
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
                delistedFor,
                countsAs,
                createdAt,
                version);
    }

    /// Whether its nodes may be in the market.
    public boolean isInMarket() {
        return state == OperatorState.STAKED || state == OperatorState.ACTIVE;
    }

    /// Its stake moved: it takes part with the minimum, and does not without.
    public Operator standing(boolean reachesMinimum) {
        return reachesMinimum ? staked() : unstaked();
    }

    private Operator staked() {
        return switch (state) {
            case REGISTERED, EXITED -> in(OperatorState.STAKED);
            case DELISTED -> delistedFor == Delisting.STAKE ? in(OperatorState.STAKED) : this;
            case STAKED, ACTIVE, EXITING -> this;
        };
    }

    private Operator unstaked() {
        return switch (state) {
            case STAKED, ACTIVE -> delisted(Delisting.STAKE);
            case REGISTERED, EXITING, EXITED, DELISTED -> this;
        };
    }

    /// One of its nodes was admitted.
    public Operator admitted() {
        return switch (state) {
            case STAKED -> in(OperatorState.ACTIVE);
            case REGISTERED, ACTIVE, EXITING, EXITED, DELISTED -> this;
        };
    }

    /// Nothing of it is at stake any more, and no node of it in the market.
    public Operator exited() {
        return switch (state) {
            case EXITING -> in(OperatorState.EXITED);
            case REGISTERED, STAKED, ACTIVE, EXITED, DELISTED -> this;
        };
    }

    /// What its holder wants it to be. Repeating a wish changes nothing.
    Operator wishing(Wish wish) {
        return switch (wish) {
            case ACTIVE -> returning();
            case DELISTED -> pausing();
            case EXITING -> exiting();
        };
    }

    /// Whether it asks to come back from a pause: its stake must reach the minimum then.
    boolean returnsBy(Wish wish) {
        return state == OperatorState.DELISTED && wish == Wish.ACTIVE;
    }

    private Operator returning() {
        return switch (state) {
            case STAKED, ACTIVE -> this;
            case DELISTED -> in(OperatorState.STAKED);
            case REGISTERED, EXITED ->
                throw conflict("Deposit the minimum stake: with it the operator takes part again, without a wish.");
            case EXITING ->
                throw conflict("An exit runs to its end. Once the operator is EXITED, a deposit of the minimum stake"
                        + " brings it back.");
        };
    }

    private Operator pausing() {
        return switch (state) {
            case STAKED, ACTIVE, DELISTED -> delisted(Delisting.WISH);
            case REGISTERED, EXITED -> throw conflict("It takes no part in the market, so there is nothing to pause.");
            case EXITING -> throw conflict("An exit runs to its end; its nodes leave the market by themselves.");
        };
    }

    private Operator exiting() {
        return switch (state) {
            case STAKED, ACTIVE, DELISTED -> in(OperatorState.EXITING);
            case EXITING -> this;
            case REGISTERED, EXITED -> throw conflict("It has nothing at stake, so there is nothing to leave.");
        };
    }

    private Operator delisted(Delisting reason) {
        return next(OperatorState.DELISTED, reason);
    }

    private Operator in(OperatorState next) {
        return next(next, null);
    }

    private Operator next(OperatorState next, @Nullable Delisting reason) {
        return new Operator(id, wallet, name, payoutAddress, website, next, reason, countsAs, createdAt, version);
    }

    private Refusal conflict(String detail) {
        return new Refusal(ProblemCode.STATE_CONFLICT, "The operator is " + state + ". " + detail)
                .with("state", state.name());
    }
}
