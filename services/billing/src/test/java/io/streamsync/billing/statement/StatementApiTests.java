package io.streamsync.billing.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@BillingTest
class StatementApiTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Test
    void addsUpFromDepositToBalance() {
        var customer = customerWhoTraded();

        var account = http.get("/v1/account", customer.manage()).json();
        var usage = http.get("/v1/account/usage?groupBy=day", customer.ask())
                .json()
                .path("items")
                .path(0);
        var entries = http.get("/v1/account/entries", customer.manage()).json().path("items");

        assertThat(account.toString()).isEqualTo("""
                {"accountId":"%s","balance":"0.999995","available":"%s","reserved":"%s","spentToday":"0.000012",\
                "refundedToday":"0.000007","rateCap":null}""".formatted(
                        customer.id(),
                        account.path("available").asString(),
                        account.path("reserved").asString()));
        assertThat(nano(account.path("available").asString())
                        + nano(account.path("reserved").asString()))
                .isEqualTo(999_995_000);
        assertThat(usage.toString())
                .endsWith("\"queries\":4,\"charged\":\"0.000012\",\"refunded\":\"0.000007\",\"paid\":\"0.000005\"}");
        var sum = 0L;
        for (var entry : entries) {
            sum += nano(entry.path("amount").asString());
        }
        assertThat(sum).isEqualTo(999_995_000);
        assertThat(entries.path(0).path("balanceAfter").asString()).isEqualTo("0.999995");
        assertThat(http.get("/v1/account/refunds", customer.ask()).json().path("items"))
                .extracting(refund -> refund.path("reason").asString() + " "
                        + refund.path("amount").asString())
                .containsExactly("WRONG_ANSWER 0.000004", "NO_ANSWER 0", "SLA_MISSED 0.000003");
    }

    @Test
    void givesTheStatementAsAFile() {
        var customer = customerWhoTraded();

        var file = http.get("/v1/account/entries", accepting(customer, "text/csv"));
        var items = http.get("/v1/account/entries", customer.manage()).json().path("items");

        assertThat(file.response().headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        var expected = new ArrayList<String>();
        expected.add("entryId,occurredAt,kind,amount,balanceAfter,reference");
        items.forEach(entry -> expected.add(String.join(
                ",",
                List.of(
                        entry.path("entryId").asString(),
                        entry.path("occurredAt").asString(),
                        entry.path("kind").asString(),
                        entry.path("amount").asString(),
                        entry.path("balanceAfter").asString(),
                        entry.path("reference").asString()))));
        assertThat(file.body().split("\r\n")).containsExactlyElementsOf(expected);
        assertThat(file.response().headers().firstValue("Link")).isEmpty();
    }

    @Test
    void goesOnWhereAFileEnds() {
        var customer = customerWhoTraded();

        var first = http.get("/v1/account/entries?limit=1", accepting(customer, "text/csv"));
        var link = first.response().headers().firstValue("Link").orElseThrow();
        var second = http.get(link.substring(1, link.indexOf('>')), accepting(customer, "text/csv"));

        assertThat(first.body().lines()).hasSize(2);
        assertThat(second.body().lines()).hasSize(2);
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(http.get("/v1/account/entries?limit=10001", accepting(customer, "text/csv"))
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(http.get("/v1/account/entries", "Accept", "text/csv").problem())
                .isEqualTo("401 INVALID_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html,application/xhtml+xml,*/*;q=0.8"})
    void isJsonForWhoeverDoesNotAskForAFile(String accept) {
        assertThat(http.get("/v1/account/entries", accepting(http.customer("1"), accept))
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "refunds", "entries", "subscriptions", "races"})
    void refusesPeriodsAndPagesThatCannotBe(String list) {
        var customer = http.customer("0");
        var path = list.equals("races") ? "/v1/races?" : "/v1/account/" + list + "?";
        for (var query : List.of(
                "from=soon",
                "to=2026-13-01T00:00:00Z",
                "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=2016-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=2016-01-01T00:00:00Z",
                "from=-1000000000-01-01T00:00:00Z",
                "to=%2B999999999-12-31T23:59:59Z",
                "from=99999999999999999999",
                "limit=0",
                "limit=-1",
                "limit=501",
                "limit=99999999999999999999",
                "limit=x",
                "cursor=%00")) {
            assertThat(http.get(path + query, customer.manage()).problem())
                    .as(query)
                    .isEqualTo("400 INVALID_REQUEST");
        }
        assertThat(http.get(path + "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", customer.manage())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void groupsUsageInFourWays() {
        var customer = customerWhoTraded();
        var hour =
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.HOURS).toString();

        assertThat(key(customer, "hour")).isLessThanOrEqualTo(hour).startsWith(hour.substring(0, 4));
        assertThat(key(customer, "day")).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(key(customer, "method")).isEqualTo("getBalance");
        assertThat(key(customer, "operator")).startsWith("op1-");
        assertThat(http.get("/v1/account/usage?groupBy=year", customer.ask()).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    private String key(Http.Customer customer, String groupBy) {
        return http.get("/v1/account/usage?groupBy=" + groupBy, customer.ask())
                .json()
                .path("items")
                .path(0)
                .path("key")
                .asString();
    }

    /// A right answer, a late one, none, and a wrong one.
    private Http.Customer customerWhoTraded() {
        var customer = http.customer("1");
        var router = market.router();
        var lease = router.lease(customer, 1_000_000);
        router.charged(lease, 5_000);
        router.late(lease, 3_000);
        router.unanswered(lease);
        var wrong = router.charged(lease, 4_000);
        router.verified(wrong, 4_000, RaceStatus.CONTRADICTED);
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(http.get("/v1/account", customer.ask()).text("balance"))
                                .isEqualTo("0.999995"));
        return customer;
    }

    private static String[] accepting(Http.Customer customer, String type) {
        return new String[] {"X-API-Key", customer.managementKey(), "Accept", type};
    }

    private static long nano(String decimal) {
        return Amount.parse(Asset.USDC, decimal).nanoUnits();
    }
}
