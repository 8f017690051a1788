package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Makes a wallet an operator, and changes what the operator says of itself and wants to be.
@Component
class Registration {

    private final Operators operators;
    private final Invitations invitations;
    private final StakeRequirement stake;
    private final InstantSource clock;

    Registration(Operators operators, Invitations invitations, StakeRequirement stake, InstantSource clock) {
        this.operators = operators;
        this.invitations = invitations;
        this.stake = stake;
        this.clock = clock;
    }

    @Transactional
    public Operator register(Caller caller, Profile profile, @Nullable String invitation) {
        operators.of(caller.wallet()).ifPresent(Registration::refuseSecond);
        var spent = invitations.spend(caller.wallet(), invitation);
        var id = new OperatorId(UUID.randomUUID().toString());
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var operator = Operator.register(id, caller.wallet(), profile, now);
        if (!operators.add(operator, spent)) {
            operators.of(caller.wallet()).ifPresent(Registration::refuseSecond);
            throw new Refusal(ProblemCode.INVITATION_REQUIRED, "This invitation was used by another operator.");
        }
        return operator;
    }

    /// Changes profile and state together, or neither.
    ///
    /// @param wish null to stay as it is
    @Transactional
    public Operator change(Caller caller, OperatorId id, UnaryOperator<Profile> change, @Nullable Wish wish) {
        operators.own(id, caller);
        var before = operators.locked(id);
        var website = Website.ofNullable(before.website());
        var profile = new Profile(new OperatorName(before.name()), new PayoutAddress(before.payoutAddress()), website);
        var presented = before.present(change.apply(profile));
        operators.change(before, wish == null ? presented : wishing(presented, wish));
        return operators.get(id);
    }

    private Operator wishing(Operator operator, Wish wish) {
        if (operator.returnsBy(wish)) {
            stake.require(operator.id());
        }
        return operator.wishing(wish);
    }

    private static void refuseSecond(Operator first) {
        throw new Refusal(
                        ProblemCode.ALREADY_REGISTERED,
                        "This wallet has the operator " + first.id() + ". Another operator needs another wallet.")
                .with("operatorId", first.id().value());
    }
}
