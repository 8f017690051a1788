package io.streamsync.launcher.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// All of devnet's operators, who act at the same time and independently of one another.
record Operators(Api api, DevnetPlan plan) {

    List<Enrolled> enrol(Generation generation, List<DevnetNode> nodes) {
        return each(
                operator -> new Enrolment(api, operator, generation.wallet(operator), nodesOf(operator, nodes)).run());
    }

    /// @return whether there were any
    boolean depart(Generation generation) {
        return each(operator -> new Departure(api, generation.wallet(operator)).run())
                .contains(true);
    }

    private <T> List<T> each(Function<DevnetPlan.Operator, T> action) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var actions = plan.operators().stream()
                    .map(operator -> CompletableFuture.supplyAsync(() -> action.apply(operator), threads))
                    .toList();
            return actions.stream().map(Operators::result).toList();
        }
    }

    private static List<DevnetNode> nodesOf(DevnetPlan.Operator operator, List<DevnetNode> nodes) {
        return nodes.stream()
                .filter(node -> node.operator().equals(operator.name()))
                .toList();
    }

    private static <T> T result(CompletableFuture<T> action) {
        try {
            return action.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
