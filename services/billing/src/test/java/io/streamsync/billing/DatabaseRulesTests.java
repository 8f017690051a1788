package io.streamsync.billing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the database itself refuses outside of the ledger, whatever a program tries: each statement alone would break
/// the rule that is named.
@BillingTest
class DatabaseRulesTests {

    private static final String REFUND = "insert into refund (refund_id, race_id, router, incarnation, sequence, "
            + "account_id, reason, amount, charged, reversed, occurred_at) values ";

    private static final String LEASE =
            "insert into credit_lease (id, account_id, router, incarnation, granted, state) "
                    + "select gen_random_uuid(), account_id, router, incarnation, 1, ";

    private static final String DEPOSIT =
            "insert into deposit (id, account_id, asset, amount, rail, status, payment_id, credited_at) values ";

    private static final String TRANSFER = "insert into transfer (id, kind, holder, asset, amount, rail, destination, "
            + "status, requested_at, available_at, next_try_at, settled_at, payment_id) values ('rules', 'WITHDRAWAL', "
            + "':customer', 'USDC', 1, 'rules', 'there', ";

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "refund_within_the_fee; "
                        + REFUND
                        + "('a', 'a', :router, 1, 1, ':customer', 'WRONG_ANSWER', 5, 5, 6, now())",
                "refund_within_the_fee; "
                        + REFUND
                        + "('a', 'a', :router, 1, 1, ':customer', 'WRONG_ANSWER', 5, 5, -1, now())",
                "refund_once_per_race; "
                        + REFUND
                        + "('a', 'a', :router, 1, 1, ':customer', 'WRONG_ANSWER', 5, 5, 5, now()), "
                        + "('b', 'b', :router, 1, 1, ':customer', 'SLA_MISSED', 5, 0, 0, now())",
                "rail_funds_covered; insert into rail_funds (rail, came_in, went_out) values ('rules', 1, 2)",
                "rail_funds_covered; insert into rail_funds (rail, came_in, went_out) values ('rules', 1, -1)",
                "rail_customer_funds_covered; insert into rail_customer_funds (account_id, rail, came_in, went_out) "
                        + "values (':customer', 'rules', 1, 2)",
                "rail_customer_funds_covered; update rail_customer_funds set went_out = -1 where account_id = ':customer'",
                "credit_lease_one_open; " + LEASE + "'OPEN' from credit_lease where account_id = ':customer'",
                "credit_lease_posted_within_granted; update credit_lease set posted = granted + 1 where account_id = ':customer'",
                "credit_lease_key_has_day; update credit_lease set day = current_date where account_id = ':customer'",
                "credit_lease_returned_check; update credit_lease set returned = -1 where account_id = ':customer'",
                "statement_entry_balance_after_check; insert into statement_entry (account_id, occurred_at, kind, amount, "
                        + "balance_after, reference) values (':customer', now(), 'CHARGE', -1, -1, 'rules')",
                "append-only; update statement_entry set amount = amount + 1 where account_id = ':customer'",
                "append-only; delete from statement_entry where account_id = ':customer'",
                "stream_unverified_check; update stream set unverified = -1 where router = :router",
                "deposit_payment_once; "
                        + DEPOSIT
                        + "('a', ':customer', 'USDC', 1, 'rules', 'CREDITED', 'p', now()), "
                        + "('b', ':customer', 'USDC', 1, 'rules', 'CREDITED', 'p', now())",
                "deposit_check; " + DEPOSIT + "('a', ':customer', 'USDC', 1, 'rules', 'CREDITED', null, now())",
                "deposit_amount_check; " + DEPOSIT + "('a', ':customer', 'USDC', 0, 'rules', 'PENDING', null, null)",
                "transfer_check; " + TRANSFER + "'PAID', now(), now(), now(), null, 'p')",
                "transfer_check1; " + TRANSFER + "'PAID', now(), now(), now(), now(), null)",
            })
    void refuse(String rule, String statement) {
        var customer = http.customer("1");
        var router = market.router();
        router.lease(customer, 1_000_000);

        assertThatThrownBy(() -> jdbc.sql(statement
                                .replace(":customer", customer.id())
                                .replace(":router", Integer.toString(router.id)))
                        .update())
                .hasMessageContaining(rule);
    }
}
