package io.streamsync.protocol.score;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The outlier flag (protocol, Verification): whose answers differ from the others' more than three times as often as
/// is usual in their class, over the last 200 compared answers. *Low-rate and free-slot liars.*
///
/// What the rule takes care of:
/// - The usual rate is the median of the other operators among themselves, without whoever is looked at.
/// - The one operator that somebody differs from most is left out: nobody is flagged by the word of one other, nor for
///   having met one liar.
/// - Honest nodes have no conflicts, so a conflict counts as it stands. That two values at two slots differ is as
///   likely as a change of state in between, so it is measured per slot apart: a node that is always three slots behind
///   differs three times as often as one that is always one behind.
/// - What few answers show is uncertain. Differences must also be more than chance explains, or among thousands of
///   windows some honest operator's would stand out.
public final class Outliers {

    /// Answers that are looked back on.
    public static final int WINDOW = 200;

    private static final int LEAST = 5;
    private static final int TIMES = 3;

    /// So many differences more than were seen of the operator in the middle may be usual: of seven operators that
    /// differ twice in 200 answers, the one in the middle shows none in one of a hundred cases.
    private static final int DOUBT = 2;

    /// Chance exceeds what is usual by this many standard deviations in one of a million windows.
    private static final double DEVIATIONS = 5;

    private Outliers() {}

    /// @param windows the last compared answers of each operator, at most [#WINDOW], those with an open flag left out
    public static boolean isOutlier(OperatorId operator, Map<OperatorId, List<ComparedAnswer>> windows) {
        return isOutlier(operator, windows.getOrDefault(operator, List.of()), windows);
    }

    /// Whether an open flag ends.
    ///
    /// @param shadow what the operator answered as a shadow since it was flagged, the last [#WINDOW]
    public static boolean isClean(
            OperatorId operator, List<ComparedAnswer> shadow, Map<OperatorId, List<ComparedAnswer>> windows) {
        return shadow.size() >= WINDOW
                && shadow.stream().map(answer -> Seen.of(answer, _ -> true)).noneMatch(Seen::conflict)
                && !isOutlier(operator, shadow, windows);
    }

    private static boolean isOutlier(
            OperatorId operator, List<ComparedAnswer> window, Map<OperatorId, List<ComparedAnswer>> windows) {
        if (count(seen(window, _ -> true), Seen::counts) < LEAST) {
            return false;
        }
        var usual = Usual.of(windows.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(operator))
                .map(entry -> seen(entry.getValue(), other -> !other.equals(operator)))
                .filter(answers -> !answers.isEmpty())
                .toList());
        return partners(window).allMatch(leftOut -> exceeds(seen(window, other -> !other.equals(leftOut)), usual));
    }

    private static boolean exceeds(List<Seen> own, Usual usual) {
        var conflicts = count(own, Seen::conflict);
        var differences = count(own, Seen::different);
        return (conflicts >= LEAST && conflicts > TIMES * usual.conflicts(own))
                || (conflicts + differences >= LEAST
                        && differences > TIMES * usual.differences(own, 0)
                        && differences > atMost(usual.differences(own, DOUBT)));
    }

    private static double atMost(double expected) {
        return expected + DEVIATIONS * Math.sqrt(expected);
    }

    private static Stream<OperatorId> partners(Collection<ComparedAnswer> window) {
        return window.stream()
                .flatMap(answer -> answer.others().stream())
                .map(ComparedAnswer.Beside::operatorId)
                .distinct();
    }

    private static List<Seen> seen(List<ComparedAnswer> window, Predicate<OperatorId> counts) {
        return window.stream()
                .filter(answer -> answer.others().stream().anyMatch(other -> counts.test(other.operatorId())))
                .map(answer -> Seen.of(answer, counts))
                .toList();
    }

    private static long count(List<Seen> answers, Predicate<Seen> what) {
        return answers.stream().filter(what).count();
    }

    /// What is usual among some operators.
    ///
    /// @param conflictsPerAnswer their median
    /// @param changes what the one in the middle shows of how often state changes, by class
    private record Usual(double conflictsPerAnswer, Map<QueryClass, Changes> changes) {

        /// Where there is nobody to compare with, nothing is unusual.
        static Usual of(List<List<Seen>> operators) {
            var changes = new EnumMap<QueryClass, Changes>(QueryClass.class);
            for (var queryClass : QueryClass.values()) {
                median(operators.stream()
                                .map(seen -> Changes.of(queryClass, seen))
                                .filter(one -> one.slotsApart() > 0)
                                .sorted(Comparator.comparingDouble(one -> one.perSlot(0)))
                                .toList())
                        .ifPresent(one -> changes.put(queryClass, one));
            }
            var conflicts = median(operators.stream()
                    .map(seen -> (double) count(seen, Seen::conflict) / seen.size())
                    .sorted()
                    .toList());
            return new Usual(conflicts.orElse(Double.POSITIVE_INFINITY), changes);
        }

        double conflicts(List<Seen> answers) {
            return answers.size() * conflictsPerAnswer;
        }

        /// @param doubt differences that were not seen and may be usual
        double differences(List<Seen> answers, int doubt) {
            return answers.stream()
                    .filter(answer -> answer.slotsApart() > 0)
                    .mapToDouble(answer -> differences(answer, doubt))
                    .sum();
        }

        private double differences(Seen answer, int doubt) {
            var seen = changes.get(answer.queryClass());
            return seen == null ? 1 : Math.min(1, answer.slotsApart() * seen.perSlot(doubt));
        }

        /// The upper one of two in the middle: in doubt more is usual.
        private static <T> Optional<T> median(List<T> sorted) {
            return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
        }
    }

    /// How often an operator's answers differ, and over how many slots in all.
    private record Changes(long differences, long slotsApart) {

        static Changes of(QueryClass queryClass, List<Seen> answers) {
            var slots = 0L;
            var differences = 0L;
            for (var answer : answers) {
                if (answer.queryClass() == queryClass) {
                    slots += answer.slotsApart();
                    differences += answer.different() ? 1 : 0;
                }
            }
            return new Changes(differences, slots);
        }

        double perSlot(int doubt) {
            return (double) (differences + doubt) / slotsApart;
        }
    }

    /// What an answer is beside some of the others: in conflict with one, different from all, or as it should be.
    ///
    /// @param slotsApart to the nearest
    private record Seen(QueryClass queryClass, boolean conflict, boolean different, int slotsApart) {

        static Seen of(ComparedAnswer answer, Predicate<OperatorId> counts) {
            var conflict = false;
            var same = false;
            var nearest = Integer.MAX_VALUE;
            for (var other : answer.others()) {
                if (counts.test(other.operatorId())) {
                    conflict |= other.comparison() == ComparedAnswer.Comparison.CONFLICT;
                    same |= other.comparison() == ComparedAnswer.Comparison.SAME;
                    nearest = Math.min(nearest, other.slotsApart());
                }
            }
            return new Seen(answer.queryClass(), conflict, !conflict && !same, nearest);
        }

        boolean counts() {
            return conflict || different;
        }
    }
}
