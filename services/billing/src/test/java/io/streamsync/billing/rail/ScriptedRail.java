package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Standing.Underway;
import io.streamsync.protocol.money.Amount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A payment system that takes its time, fails, and breaks off before or after it has understood. What it has
/// decided it never changes, and it pays an id once.
final class ScriptedRail implements TransferRail {

    private final String name;
    private final Random random;
    private final Map<String, Integer> questionsLeft = new HashMap<>();
    private final Map<String, Outcome> decided = new HashMap<>();
    private final Set<String> payments = new HashSet<>();
    private long paidNano;
    private boolean calm;

    ScriptedRail(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Standing transfer(String transferId, Amount amount, Destination destination) {
        breakOff("before");
        var left = questionsLeft.merge(transferId, random.nextInt(3), (now, _) -> now - 1);
        if (left <= 0) {
            decide(transferId, amount);
        }
        breakOff("after");
        return reported(transferId).map(Standing.class::cast).orElseGet(Underway::new);
    }

    private void breakOff(String when) {
        if (!calm && random.nextInt(5) == 0) {
            throw new IllegalStateException("the connection broke " + when + " the order was read");
        }
    }

    private void decide(String id, Amount amount) {
        decided.computeIfAbsent(id, _ -> {
            if (random.nextInt(3) == 0) {
                return new Outcome.Failed("the account is closed");
            }
            if (!payments.add(id)) {
                throw new AssertionError("paid twice: " + id);
            }
            paidNano = Math.addExact(paidNano, amount.nanoUnits());
            return new Outcome.Paid("payment-" + id);
        });
    }

    /// What it says of a transfer once it has decided.
    Optional<Outcome> reported(String transferId) {
        return Optional.ofNullable(decided.get(transferId));
    }

    /// From now on nothing breaks.
    void calmDown() {
        calm = true;
    }

    long paidNano() {
        return paidNano;
    }
}
