package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.money.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A customer's thresholds, and which of them it has been told of: once per crossing, and again only after it was well
/// above, so that a balance that trembles around a threshold is one alert.
///
/// @param secret of the webhook's signatures; null without a webhook
/// @param version of the row that this was read from
record Watch(
        CustomerId customer,
        AlertTerms terms,
        @Nullable String secret,
        boolean lowTold,
        boolean runwayTold,
        long version) {

    static Watch none(CustomerId customer) {
        return new Watch(customer, AlertTerms.NONE, null, false, false, 0);
    }

    /// New terms. What they leave as it was is not told again; a new webhook has a secret of its own, and hears of all.
    Watch with(AlertTerms next, String newSecret) {
        var sameTarget = Objects.equals(terms.webhookUrl(), next.webhookUrl());
        return new Watch(
                customer,
                next,
                next.webhookUrl() == null ? null : sameTarget ? secret : newSecret,
                lowTold && sameTarget && Objects.equals(terms.lowBalance(), next.lowBalance()),
                runwayTold && sameTarget && Objects.equals(terms.runwayMinutes(), next.runwayMinutes()),
                version);
    }

    Look look(Funds funds) {
        var alerts = new ArrayList<Alert>();
        var low = low(funds);
        if (low && !lowTold) {
            alerts.add(lowAlert(funds));
        }
        var runway = runwayShort(funds);
        if (runway && !runwayTold) {
            alerts.add(runwayAlert(funds));
        }
        return new Look(new Watch(customer, terms, secret, low, runway, version), List.copyOf(alerts));
    }

    private boolean low(Funds funds) {
        var threshold = terms.lowBalance();
        if (threshold == null) {
            return false;
        }
        return funds.balance() < (lowTold ? threshold + threshold / 10 : threshold);
    }

    private boolean runwayShort(Funds funds) {
        var threshold = terms.runwayMinutes();
        var left = funds.minutesLeft();
        if (threshold == null || left.isEmpty()) {
            return false;
        }
        return left.getAsLong() < (runwayTold ? threshold + Math.max(1, threshold / 4) : threshold);
    }

    private Alert lowAlert(Funds funds) {
        return new Alert(
                Alert.Type.BALANCE_LOW,
                Map.of(
                        "accountId", customer.value(),
                        "balance", Amount.decimal(funds.balance()),
                        "lowBalance", Amount.decimal(Objects.requireNonNull(terms.lowBalance()))));
    }

    private Alert runwayAlert(Funds funds) {
        return new Alert(
                Alert.Type.RUNWAY_SHORT,
                Map.of(
                        "accountId", customer.value(),
                        "balance", Amount.decimal(funds.balance()),
                        "spentLastHour", Amount.decimal(funds.spentLastHour()),
                        "minutesLeft", funds.minutesLeft().orElseThrow(),
                        "runwayMinutes", Objects.requireNonNull(terms.runwayMinutes())));
    }

    /// What a look at the funds comes to.
    record Look(Watch next, List<Alert> alerts) {}
}
