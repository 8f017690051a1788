package io.streamsync.verifier.check;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord.SubscriptionCharged;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A subscription costs one ask to open and a share of the ask per notification, what a division leaves being carried
/// on (decision 32). Less is the router's to take, where credit ran out.
final class SubscriptionCheck {

    private final Findings findings;
    private final Map<String, Due> due = new HashMap<>();
    private final Set<String> opened = new HashSet<>();

    SubscriptionCheck(Findings findings) {
        this.findings = findings;
    }

    /// A record of the window before: what was opened then is not opened again.
    void before(SubscriptionCharged charged) {
        if (charged.opened()) {
            opened.add(charged.subscriptionId());
        }
    }

    void charged(SubscriptionCharged charged, Parameters parameters, Where where) {
        if (charged.priceNano() < 0 || charged.notifications() < 0 || charged.feeNano() < 0) {
            findings.add(FindingCode.SUBSCRIPTION_FEE, where, "numbers of at least 0", "a negative one");
            return;
        }
        if (charged.opened() && !opened.add(charged.subscriptionId())) {
            findings.add(
                    FindingCode.SUBSCRIPTION_FEE,
                    where,
                    "one opening of subscription " + charged.subscriptionId(),
                    "another");
        }
        var before = due.getOrDefault(charged.subscriptionId(), Due.NONE);
        var now = before.plus(charged, parameters.notificationsPerAsk());
        due.put(charged.subscriptionId(), now);
        if (now.isTooMuch() && !before.isTooMuch()) {
            findings.add(
                    FindingCode.SUBSCRIPTION_FEE,
                    where,
                    "at most "
                            + Amount.decimal(now.most()
                                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                                    .longValueExact()) + " USDC for subscription " + charged.subscriptionId(),
                    now.charged() + " nano-USDC");
        }
    }

    /// @param parts of nano-units, `perAsk` of which are one
    /// @param carried whether a part of a nano-unit may come from records before these
    private record Due(BigInteger opened, BigInteger parts, int perAsk, boolean carried, BigInteger charged) {

        static final Due NONE = new Due(BigInteger.ZERO, BigInteger.ZERO, 1, true, BigInteger.ZERO);

        Due plus(SubscriptionCharged more, int per) {
            var price = BigInteger.valueOf(more.priceNano());
            return new Due(
                    more.opened() ? opened.add(price) : opened,
                    parts.add(price.multiply(BigInteger.valueOf(more.notifications()))),
                    per,
                    carried && !more.opened(),
                    charged.add(BigInteger.valueOf(more.feeNano())));
        }

        BigInteger most() {
            var whole = opened.add(parts.divide(BigInteger.valueOf(perAsk)));
            return carried && parts.signum() > 0 ? whole.add(BigInteger.ONE) : whole;
        }

        boolean isTooMuch() {
            return charged.compareTo(most()) > 0;
        }
    }
}
