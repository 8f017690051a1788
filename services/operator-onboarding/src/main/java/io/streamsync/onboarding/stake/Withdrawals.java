package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Pays matured stake out, by the rail it came in by and no other.
@Component
class Withdrawals {

    private final Operators operators;
    private final Stakes stakes;
    private final StakeRegister register;
    private final StakeRails rails;
    private final InstantSource clock;

    Withdrawals(Operators operators, Stakes stakes, StakeRegister register, StakeRails rails, InstantSource clock) {
        this.operators = operators;
        this.stakes = stakes;
        this.register = register;
        this.rails = rails;
        this.clock = clock;
    }

    /// @param railName null: the only one that stake came in by
    @Transactional
    public Withdrawal withdraw(
            OperatorId operatorId, Amount amount, Destination destination, @Nullable String railName) {
        operators.locked(operatorId);
        var stake = stakes.locked(operatorId);
        var next = stake.withdraw(amount)
                .orElseThrow(() -> tooLittle(stake.withdrawable(), "Only matured stake can be withdrawn"));
        var rail = rails.open(rail(stakes.cameIn(operatorId), railName, amount));
        var id = UUID.randomUUID().toString();
        var status = rail.pay(operatorId, id, amount, destination);
        var withdrawal = new Withdrawal(id, operatorId, amount, rail.name(), destination, status, clock.instant());
        stakes.add(withdrawal);
        switch (status) {
            case PAID -> register.withdrawn(next, withdrawal);
            case PENDING -> stakes.write(next); // spoken for; the books follow when it is paid
            case FAILED -> {}
        }
        return withdrawal;
    }

    /// @param cameIn what came in by each rail and has not left by it
    private static String rail(Map<String, Amount> cameIn, @Nullable String named, Amount amount) {
        var names = cameIn.keySet();
        if (named == null ? names.size() != 1 : !names.contains(named)) {
            throw Fields.invalid("rail", "must be one that stake came in by: " + names);
        }
        var name = named == null ? names.iterator().next() : named;
        var left = cameIn.getOrDefault(name, Amount.strm(0));
        if (!left.covers(amount)) {
            throw tooLittle(left, "By the rail " + name + " no more can leave than came in by it");
        }
        return name;
    }

    private static Refusal tooLittle(Amount available, String rule) {
        return new Refusal(
                        ProblemCode.BALANCE_TOO_LOW, "%s: %s STRM at the moment.".formatted(rule, available.decimal()))
                .with("available", available.decimal());
    }
}
