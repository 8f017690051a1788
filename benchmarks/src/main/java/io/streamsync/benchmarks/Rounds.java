package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Result;
import io.streamsync.benchmarks.machine.Allocation;
import io.streamsync.benchmarks.machine.Cpu;
import io.streamsync.benchmarks.machine.Quiet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Contestants in turn, several times over, so that what disturbs the machine for a while disturbs all of them.
final class Rounds {

    private final Map<Contestant, List<Round>> rounds = new LinkedHashMap<>();

    Rounds(List<Contestant> contestants) {
        contestants.forEach(contestant -> rounds.put(contestant, new ArrayList<>()));
    }

    /// @param alone whether what works behind a contestant stands still meanwhile
    void run(int times, boolean alone, Run run) throws InterruptedException {
        for (var time = 0; time < times; time++) {
            for (var contestant : rounds.keySet()) {
                rounds.get(contestant).add(measure(contestant, alone, run));
            }
        }
    }

    List<Contestant> contestants() {
        return List.copyOf(rounds.keySet());
    }

    /// The middle one of all rounds.
    double median(Contestant contestant, ToDoubleFunction<Round> of) {
        var sorted = rounds.getOrDefault(contestant, List.of()).stream()
                .mapToDouble(of)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    /// The median of the ratios of each round to the other's of the same time.
    double ratio(Contestant contestant, Contestant to, ToDoubleFunction<Round> of) {
        var own = rounds.getOrDefault(contestant, List.of());
        var others = rounds.getOrDefault(to, List.of());
        var ratios = new double[own.size()];
        for (var time = 0; time < ratios.length; time++) {
            ratios[time] = of.applyAsDouble(own.get(time)) / of.applyAsDouble(others.get(time));
        }
        java.util.Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    long failed(Contestant contestant) {
        return rounds.getOrDefault(contestant, List.of()).stream()
                .mapToLong(round -> round.result().failed())
                .sum();
    }

    private static Round measure(Contestant contestant, boolean alone, Run run) throws InterruptedException {
        Quiet.await();
        if (!alone) {
            return measure(contestant, run);
        }
        try (var _ = contestant.alone().get()) {
            return measure(contestant, run);
        }
    }

    private static Round measure(Contestant contestant, Run run) throws InterruptedException {
        var process = contestant.process();
        try (var allocation = contestant.isJvm() && process != null ? Allocation.of(process) : null) {
            var allocatedBefore = allocated(allocation);
            var cpuBefore = cpu(process);
            var result = run.on(contestant);
            var queries = result.answered() + result.failed();
            var cpu = (cpu(process) - cpuBefore) * 1e6 / queries;
            var bytes = (allocated(allocation) - allocatedBefore) / queries;
            if (result.failed() > 0) {
                System.out.println(
                        "  " + contestant.name() + ": " + result.failed() + " failed: " + result.complaint());
            }
            return new Round(result, cpu, bytes);
        }
    }

    private static double cpu(@Nullable ProcessHandle process) {
        return process == null ? Double.NaN : Cpu.secondsOf(process);
    }

    private static double allocated(@Nullable Allocation allocation) {
        return allocation == null ? Double.NaN : allocation.bytes();
    }

    /// What a contestant is put to.
    interface Run {

        Result on(Contestant contestant) throws InterruptedException;
    }
}
