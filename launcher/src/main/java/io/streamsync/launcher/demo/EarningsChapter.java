package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What every operator earned, as its own wallet sees it in the portal.
final class EarningsChapter {

    /// Of a fee: half to the winner, up to a fifth to checkers that agreed, a tenth to stakers once an epoch has been
    /// settled (protocol, Fee).
    private static final int WINNERS_PART = 5;

    private static final int MOST = 8;
    private static final int WHOLE = 10;

    /// Verdicts are booked within seconds; a busy machine may take longer.
    private static final Awaiting BOOKED = new Awaiting(Duration.ofSeconds(20));

    private final Progress progress;
    private final Claims claims;
    private final Map<String, Amount> earlier;

    private EarningsChapter(Progress progress, Claims claims, Map<String, Amount> earlier) {
        this.progress = progress;
        this.claims = claims;
        this.earlier = earlier;
    }

    /// Before the first query: an earlier demo's earnings are not this story's.
    static EarningsChapter begin(Progress progress, Claims claims, Cast cast) {
        var earlier = new HashMap<String, Amount>();
        cast.operators().forEach(operator -> earlier.put(operator.operatorId(), earned(earnings(operator))));
        return new EarningsChapter(progress, claims, earlier);
    }

    /// @param paid by the customer, the only one there is, after refunds
    void tell(Cast cast, Amount paid) {
        var total = BOOKED.until(() -> total(cast), earned -> isPossible(earned, paid));
        progress.say("");
        progress.say("What operators earned (GET /v1/operators/{operatorId}/earnings, by the operator's wallet)");
        cast.operators().forEach(operator -> {
            var earnings = earnings(operator);
            progress.say("  %-20s %-12s USDC in this story; pending %s, payable %s"
                    .formatted(
                            operator.name(),
                            inThisStory(operator).decimal(),
                            earnings.path("pending").asString("0"),
                            earnings.path("payable").asString("0")));
        });
        claims.check(
                isPossible(total, paid),
                "together %s of the %s USDC that the customer paid: half for winning, the rest for checking"
                        .formatted(total.decimal(), paid.decimal()));
    }

    private static boolean isPossible(Amount earned, Amount paid) {
        var tenfold = Math.multiplyExact(earned.nanoUnits(), WHOLE);
        return tenfold >= Math.multiplyExact(paid.nanoUnits(), WINNERS_PART)
                && tenfold <= Math.multiplyExact(paid.nanoUnits(), MOST);
    }

    private Amount total(Cast cast) {
        return cast.operators().stream().map(this::inThisStory).reduce(Amount.usdc(0), Amount::plus);
    }

    private Amount inThisStory(Enrolled operator) {
        return earned(earnings(operator)).minus(earlier.getOrDefault(operator.operatorId(), Amount.usdc(0)));
    }

    private static JsonNode earnings(Enrolled operator) {
        return operator.session().get(operator.path() + "/earnings");
    }

    private static Amount earned(JsonNode earnings) {
        return CustomerAccount.usdc(earnings.path("pending"))
                .plus(CustomerAccount.usdc(earnings.path("payable")))
                .plus(CustomerAccount.usdc(earnings.path("paid")));
    }
}
