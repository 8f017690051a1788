package io.streamsync.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.billing.BillingTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the database itself refuses, whatever a program tries.
@BillingTest
class LedgerRulesTests {

    @Autowired
    JdbcClient jdbc;

    @Test
    void refusesEntriesThatDoNotSumToZero() {
        var batch = batch();
        var from = account("customer:a:available", "USDC");
        var to = account("customer:b:available", "USDC");

        assertThatThrownBy(() -> insert(batch, from, "USDC", -5, to, "USDC", 4))
                .hasMessageContaining("do not sum to zero");
    }

    @Test
    void refusesEntriesThatSumToZeroOnlyOverAssets() {
        var batch = batch();
        var from = account("external:deposits", "USDC");
        var to = account("external:deposits", "STRM");

        assertThatThrownBy(() -> insert(batch, from, "USDC", -5, to, "STRM", 5))
                .hasMessageContaining("do not sum to zero");
    }

    @Test
    void refusesAnEntryInAnotherAssetThanItsAccounts() {
        var batch = batch();
        var from = account("customer:a:available", "USDC");
        var to = account("customer:b:available", "USDC");

        assertThatThrownBy(() -> insert(batch, from, "STRM", -5, to, "STRM", 5))
                .hasMessageContaining("no account of its asset");
    }

    @Test
    void refusesEntriesOfAccountsThatAreNotThere() {
        var batch = batch();
        var from = account("customer:a:available", "USDC");

        assertThatThrownBy(() -> insert(batch, from, "USDC", -5, Long.MAX_VALUE, "USDC", 5))
                .hasMessageContaining("no account of its asset");
    }

    @Test
    void refusesAnEntryThatMovesNothing() {
        var batch = batch();
        var from = account("customer:a:available", "USDC");
        var to = account("customer:b:available", "USDC");

        assertThatThrownBy(() -> insert(batch, from, "USDC", 0, to, "USDC", 0))
                .hasMessageContaining("ledger_entry_amount_check");
    }

    @Test
    void refusesEntriesOfABatchThatIsNotThere() {
        var from = account("customer:a:available", "USDC");
        var to = account("customer:b:available", "USDC");

        assertThatThrownBy(() -> insert(Long.MAX_VALUE, from, "USDC", -5, to, "USDC", 5))
                .hasMessageContaining("names no batch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_entry set amount = amount + 1",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update ledger_batch set kind = 'OTHER'",
                "delete from ledger_batch",
                "truncate ledger_batch, ledger_entry cascade",
                "delete from ledger_account",
                "update ledger_account set asset = 'STRM'",
                "update ledger_account set id = default",
                "truncate ledger_account, ledger_entry cascade"
            })
    void refusesToChangeWhatIsWritten(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update()).hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @CsvSource({"ledger_entry, '{UPDATE,DELETE,TRUNCATE}'", "ledger_batch, '{DELETE,TRUNCATE}'"})
    void hasNobodyWhoMayChangeThem(String table, String rights) {
        var may = jdbc.sql("""
                        select count(*) from pg_class, aclexplode(relacl) a
                        where relname = ? and a.privilege_type = any (?::text[])""").params(table, rights).query(Integer.class).single();
        var kept = jdbc.sql("select relacl is not null from pg_class where relname = ?")
                .param(table)
                .query(Boolean.class)
                .single();

        assertThat(may).isZero();
        assertThat(kept).as("a null list would mean the owner's defaults").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer:a:available",
                "customer:a:leased",
                "operator:a:held",
                "operator:a:stake",
                "operator:external:stake",
                "pool:verifiers",
                "pool:stakers"
            })
    void refusesABalanceBelowZero(String name) {
        var account = account(name, "USDC");

        assertThatThrownBy(() -> setBelowZero(account)).hasMessageContaining("ledger_account_not_negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external:test", "operator:a:payable", "protocol:insurance"})
    void letsAccountsOweThatStandInForOthers(String name) {
        var account = account(name, "STRM");

        assertThat(setBelowZero(account)).isEqualTo(1);
        jdbc.sql("update ledger_account set balance = 0 where id = ?")
                .param(account)
                .update();
    }

    @Test
    void refusesASecondBatchOfAKey() {
        var key = "twice-" + UUID.randomUUID();
        insertBatch(key);

        assertThatThrownBy(() -> insertBatch(key)).hasMessageContaining("ledger_batch_once");
    }

    private int setBelowZero(long account) {
        return jdbc.sql("update ledger_account set balance = -1 where id = ?")
                .param(account)
                .update();
    }

    private long batch() {
        return insertBatch("rules-" + UUID.randomUUID());
    }

    private long insertBatch(String key) {
        return jdbc.sql("insert into ledger_batch (key, kind, occurred_at) values (?, 'TEST', now()) returning id")
                .param(key)
                .query(Long.class)
                .single();
    }

    private long account(String name, String asset) {
        return jdbc.sql("""
                        insert into ledger_account (name, asset) values (?, ?)
                        on conflict (name, asset) do update set name = excluded.name returning id""").params(name, asset).query(Long.class).single();
    }

    private void insert(long batch, long from, String fromAsset, long given, long to, String toAsset, long taken) {
        jdbc.sql("""
                        insert into ledger_entry (batch_id, account_id, asset, amount, balance_after)
                        values (?, ?, ?, ?, 0), (?, ?, ?, ?, 0)""")
                .params(batch, from, fromAsset, given, batch, to, toAsset, taken)
                .update();
    }
}
