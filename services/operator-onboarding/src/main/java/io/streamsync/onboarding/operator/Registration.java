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

/// Makes a wallet an operator, and changes what the operator says of itself.
@Component
class Registration {

    private final Operators operators;
    private final Invitations invitations;
    private final InstantSource clock;

    Registration(Operators operators, Invitations invitations, InstantSource clock) {
        this.operators = operators;
        this.invitations = invitations;
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

    @Transactional
    public Operator present(Caller caller, OperatorId id, UnaryOperator<Profile> change) {
        var before = operators.own(id, caller);
        var website = Website.ofNullable(before.website());
        var profile = new Profile(new OperatorName(before.name()), new PayoutAddress(before.payoutAddress()), website);
        operators.change(before, before.present(change.apply(profile)));
        return operators.get(id);
    }

    private static void refuseSecond(Operator first) {
        throw new Refusal(
                        ProblemCode.ALREADY_REGISTERED,
                        "This wallet has the operator " + first.id() + ". Another operator needs another wallet.")
                .with("operatorId", first.id().value());
    }
}
