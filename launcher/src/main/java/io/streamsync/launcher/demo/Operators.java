package io.streamsync.launcher.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/// All of devnet's operators, who enrol at the same time and independently of one another.
record Operators(Api api, DevnetPlan plan) {

    List<Enrolled> enrol(List<DevnetNode> nodes) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var enrolments = plan.operators().stream()
                    .map(operator -> new Enrolment(api, operator, nodesOf(operator, nodes)))
                    .map(enrolment -> CompletableFuture.supplyAsync(enrolment::run, threads))
                    .toList();
            return enrolments.stream().map(Operators::result).toList();
        }
    }

    private static List<DevnetNode> nodesOf(DevnetPlan.Operator operator, List<DevnetNode> nodes) {
        return nodes.stream()
                .filter(node -> node.operator().equals(operator.name()))
                .toList();
    }

    private static Enrolled result(CompletableFuture<Enrolled> enrolment) {
        try {
            return enrolment.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
