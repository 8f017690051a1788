package io.streamsync.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The first 240 queries of the story: ordinary Solana methods about devnet's accounts, with different wishes.
final class QueryPlan {

    /// The first of them.
    static final int BALANCED_LOOKUPS = 70;

    private static final int FASTEST_LOOKUPS = 60;
    private static final int CHEAPEST_LOOKUPS = 60;
    private static final int SCANS = 30;
    private static final int TIGHT_LOOKUPS = 20;

    private static final String TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

    private final List<String> wallets;
    private final List<String> tokenAccounts;

    QueryPlan(DevnetPlan devnet) {
        wallets = devnet.addresses("wallet");
        tokenAccounts = devnet.addresses("tokenAccount");
    }

    List<Query> queries() {
        var queries = new ArrayList<Query>();
        for (int i = 0; i < BALANCED_LOOKUPS; i++) {
            queries.add(lookup(Query.BALANCED, i));
        }
        for (int i = 0; i < FASTEST_LOOKUPS; i++) {
            queries.add(lookup(Query.FASTEST, i));
        }
        for (int i = 0; i < CHEAPEST_LOOKUPS; i++) {
            queries.add(lookup(Query.CHEAPEST, i));
        }
        for (int i = 0; i < SCANS; i++) {
            queries.add(scan(i));
        }
        for (int i = 0; i < TIGHT_LOOKUPS; i++) {
            queries.add(Query.tight("getBalance", List.of(wallet(i))));
        }
        return queries;
    }

    /// Balanced lookups of all kinds.
    List<Query> lookups(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> lookup(Query.BALANCED, i))
                .toList();
    }

    /// Balances with so much time that none is free for being late.
    List<Query> balances(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Query.patient("getBalance", List.of(wallet(i))))
                .toList();
    }

    /// Balances that one operator at a time is asked for, whatever its price: most of them are checked.
    List<Query> ofOneRacer(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Query.ofOneRacer("getBalance", List.of(wallet(i))))
                .toList();
    }

    /// Answered by one operator alone.
    Query only(String operatorId) {
        return Query.of("getBalance", List.of(wallet(0)), operatorId);
    }

    private Query lookup(String preference, int i) {
        return switch (i % 4) {
            case 0 -> Query.preferring(preference, "getBalance", List.of(wallet(i)));
            case 1 -> Query.preferring(preference, "getAccountInfo", List.of(tokenAccount(i), base64()));
            case 2 -> Query.preferring(preference, "getTokenAccountBalance", List.of(tokenAccount(i)));
            default -> Query.preferring(preference, "getLatestBlockhash", List.of());
        };
    }

    private Query scan(int i) {
        return switch (i % 2) {
            case 0 ->
                Query.preferring(
                        Query.BALANCED,
                        "getTokenAccountsByOwner",
                        List.of(wallet(i), Map.of("programId", TOKEN_PROGRAM), base64()));
            default ->
                Query.preferring(Query.BALANCED, "getMultipleAccounts", List.of(wallets.subList(0, 3), base64()));
        };
    }

    private static Map<String, String> base64() {
        return Map.of("encoding", "base64");
    }

    private String wallet(int i) {
        return wallets.get(i % wallets.size());
    }

    private String tokenAccount(int i) {
        return tokenAccounts.get(i % tokenAccounts.size());
    }
}
