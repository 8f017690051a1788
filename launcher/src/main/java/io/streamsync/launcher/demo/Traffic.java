package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// All queries of the story with their answers.
record Traffic(List<Asked> asked) {

    /// As many connections as a small application would hold.
    private static final int AT_ONCE = 4;

    static Asked ask(Api api, Query query, int id) {
        return Asked.of(query, api.query(query.body(id), query.headers()));
    }

    static Traffic send(Api api, List<Query> queries) {
        return send(api, queries, queries.size(), () -> {});
    }

    /// @param at the number of the query before which something happens, in the middle of the others
    static Traffic send(Api api, List<Query> queries, int at, Runnable happening) {
        try (var senders = Executors.newFixedThreadPool(AT_ONCE)) {
            var answers = new ArrayList<Callable<Asked>>();
            for (int i = 0; i < queries.size(); i++) {
                var query = queries.get(i);
                var id = i;
                answers.add(() -> {
                    if (id == at) {
                        happening.run();
                    }
                    return ask(api, query, id);
                });
            }
            return new Traffic(
                    senders.invokeAll(answers).stream().map(Traffic::result).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    Traffic and(Traffic later) {
        return new Traffic(Stream.concat(asked.stream(), later.asked.stream()).toList());
    }

    int wonBy(Enrolled operator) {
        return Math.toIntExact(
                asked.stream().filter(one -> one.isWonBy(operator)).count());
    }

    /// In per cent of all of them.
    double share(Enrolled operator) {
        return asked.isEmpty() ? 0 : 100.0 * wonBy(operator) / asked.size();
    }

    List<String> refusals() {
        return asked.stream().flatMap(one -> one.refusal().stream()).toList();
    }

    /// What the answers' price headers add up to.
    Amount paid() {
        return asked.stream().map(Asked::paid).reduce(Amount.usdc(0), Amount::plus);
    }

    Stream<Asked> wishing(String wish) {
        return asked.stream().filter(one -> one.query().wish().equals(wish));
    }

    Stream<Asked> withSla(String sla) {
        return asked.stream().filter(one -> one.sla().equals(sla));
    }

    /// One that was too late, rather one with the customer's own tight SLA.
    Optional<Asked> missed() {
        return Stream.concat(wishing(Query.TIGHT), asked.stream())
                .filter(Asked::missedItsSla)
                .findFirst();
    }

    private static Asked result(Future<Asked> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
