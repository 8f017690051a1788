package io.streamsync.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// User and system time as Linux counts it, in ticks of 10 ms.
public final class Cpu {

    private static final double TICKS_PER_SECOND = 100;

    /// Fields 14 to 17 of `/proc/PID/stat`, counted behind the name, which may hold anything: the process's own, and
    /// that of children that have ended.
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private static final int IDLE = 4;
    private static final int WAITING = 5;

    private Cpu() {}

    /// Of a process and its children, those that have ended among them.
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
        return Arrays.stream(fields, FIRST, LAST + 1).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
