package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A router's last calls and the end of its stream may come at once: none leaves a lease that nobody closes.
@BillingTest
class EndedStreamTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Test
    void givesNothingOnceTheEndIsPosted() {
        var router = market.router();
        var customer = http.customer("1");
        router.lease(customer, 1_000);
        end(router);
        await().until(() -> posted(router) == 1);

        assertThat(ask(router, customer).problem()).isEqualTo("409 STATE_CONFLICT");

        assertThat(account(customer)).isEqualTo("1 0");
    }

    @Test
    void endsTheStreamOnlyAfterWhatIsBeingGranted() throws SQLException {
        var router = market.router();
        var customer = http.customer("1");
        try (var held = hold(customer)) {
            var asked = CompletableFuture.supplyAsync(() -> ask(router, customer));
            awaitOneWaiting(held);
            end(router);
            awaitAnotherWaiting(held);
            held.rollback();

            assertThat(asked.join().status()).isEqualTo(200);
        }
        await().until(() -> posted(router) == 1);

        assertThat(account(customer)).isEqualTo("1 0");
    }

    @Test
    void refusesACallThatWaitedForTheEndToBePosted() throws SQLException {
        var router = market.router();
        var customer = http.customer("1");
        router.lease(customer, 1_000);
        var another = http.customer("1");
        try (var held = hold(customer)) {
            end(router);
            awaitOneWaiting(held);
            var asked = CompletableFuture.supplyAsync(() -> ask(router, another));
            awaitAnotherWaiting(held);
            held.rollback();

            assertThat(asked.join().problem()).isEqualTo("409 STATE_CONFLICT");
        }
        await().until(() -> posted(router) == 1);

        assertThat(account(another)).isEqualTo("1 0");
        assertThat(account(customer)).isEqualTo("1 0");
    }

    /// Whoever moves the customer's money waits until this lets go.
    private Connection hold(Http.Customer customer) throws SQLException {
        var connection = database.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("select 1 from ledger_account where name = ? for update")) {
            statement.setString(1, "customer:" + customer.id() + ":available");
            statement.execute();
        }
        return connection;
    }

    /// That a transaction waits for the held one.
    private void awaitOneWaiting(Connection held) throws SQLException {
        awaitSome("select count(*) from pg_stat_activity where ? = any (pg_blocking_pids(pid))", held);
    }

    /// That another one waits for that one.
    private void awaitAnotherWaiting(Connection held) throws SQLException {
        awaitSome("""
                select count(*) from pg_stat_activity one join pg_stat_activity another
                    on one.pid = any (pg_blocking_pids(another.pid))
                where ? = any (pg_blocking_pids(one.pid))""", held);
    }

    private void awaitSome(String count, Connection held) throws SQLException {
        try (var statement = held.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            var pid = row.getInt(1);
            await().until(() -> jdbc.sql(count).param(pid).query(Long.class).single() > 0);
        }
    }

    private Http.Answer ask(Market.Router router, Http.Customer customer) {
        return http.internal("/internal/leases", """
                {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","leaseId":null,
                "spentRecently":"1000","dearestAsk":"1"}]}""".formatted(router.id, router.incarnation, customer.id()));
    }

    private void end(Market.Router router) {
        router.end();
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
    }

    private long posted(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
    }

    private String account(Http.Customer customer) {
        var account = http.get("/v1/account", customer.ask());
        return account.text("available") + " " + account.text("reserved");
    }
}
