package io.streamsync.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// User and system time as Linux counts it, in ticks of 10 ms.
public final class Cpu {

    private static final double TICKS_PER_SECOND = 100;

    /// Fields 14 and 15 of `/proc/PID/stat`, counted behind the name, which may hold anything.
    private static final int USER = 11;

    private static final int IDLE = 4;
    private static final int WAITING = 5;

    private Cpu() {}

    /// Of a process and its children that live.
    public static double secondsOf(ProcessHandle process) {
        return seconds(process.pid())
                + process.children().mapToDouble(Cpu::secondsIfAlive).sum();
    }

    private static double secondsIfAlive(ProcessHandle child) {
        try {
            return seconds(child.pid());
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    /// Of the whole machine, whoever took it.
    public static double busySeconds() {
        var fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1);
        var all = Arrays.stream(fields, 1, 9).mapToLong(Long::parseLong).sum();
        return (all - Long.parseLong(fields[IDLE]) - Long.parseLong(fields[WAITING])) / TICKS_PER_SECOND;
    }

    private static double seconds(long pid) {
        var stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) / TICKS_PER_SECOND;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
