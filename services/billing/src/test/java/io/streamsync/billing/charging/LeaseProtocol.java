package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.credit.DecidedGrants;
import io.streamsync.billing.credit.DecidedGrants.Asked;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.stream.StreamId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Routers that sell to one customer, and billing, with everything between them that may be lost, repeated, late or
/// dead. Billing decides with the service's own code; a router does what the contract of leases says. One step at a
/// time, so that all orders can be tried, or many at random.
final class LeaseProtocol {

    private static final CustomerId CUSTOMER = new CustomerId("acc");

    /// What keeps the money right. Tests take one away and must see it.
    enum Rule {
        RECORDS_ARE_POSTED_ONCE,
        NO_START_RESUMES_A_LEASE,
        ENDED_LEASES_ARE_NOT_TAKEN_AGAIN,
        ANSWERS_ARE_OF_THE_LAST_QUESTION_OR_CUMULATIVE,
        RETURNS_ARE_CUMULATIVE,
        WHAT_IS_RETURNED_IS_NOT_SPENT,
        LOST_IS_WHO_CANNOT_SELL,
        RACES_ARE_READ_FIRST,
        ENDED_STREAMS_GET_NOTHING,
        CLOSED_LEASES_ARE_INSURED
    }

    /// @param fee of a query, and the dearest ask
    /// @param starts of each router at most
    /// @param underway messages of each kind at a time at most
    record Bounds(int routers, long deposit, long fee, int starts, int underway, int records) {}

    private final Bounds bounds;
    private final Set<Rule> rules;
    private long available;
    private long leased;
    private long insured;
    private long earned;
    private long sold;
    private final TreeMap<UUID, Lease> leases = new TreeMap<>();
    private final TreeMap<Integer, Stream> streams = new TreeMap<>();
    private final List<Router> routers = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    LeaseProtocol(Bounds bounds, Set<Rule> rules) {
        this.bounds = bounds;
        this.rules = rules;
        available = bounds.deposit();
        for (var number = 0; number < bounds.routers(); number++) {
            routers.add(new Router(number + 1));
            streams.put(id(number + 1, 1), new Stream());
        }
    }

    static Set<Rule> all() {
        return EnumSet.allOf(Rule.class);
    }

    static Set<Rule> without(Rule rule) {
        var rules = all();
        rules.remove(rule);
        return rules;
    }

    private LeaseProtocol(LeaseProtocol other) {
        bounds = other.bounds;
        rules = other.rules;
        available = other.available;
        leased = other.leased;
        insured = other.insured;
        earned = other.earned;
        sold = other.sold;
        leases.putAll(other.leases);
        other.streams.forEach((id, stream) -> streams.put(id, stream.copy()));
        other.routers.forEach(router -> routers.add(router.copy()));
        requests.addAll(other.requests);
        answers.addAll(other.answers);
    }

    LeaseProtocol copy() {
        return new LeaseProtocol(this);
    }

    /// The same for states that behave the same from now on.
    String state() {
        var state = new StringBuilder(400).append(available).append('/').append(insured);
        leases.values()
                .forEach(lease -> state.append(lease.open() ? '+' : '-')
                        .append(number(lease.id()))
                        .append(',')
                        .append(lease.granted())
                        .append(',')
                        .append(lease.posted())
                        .append(',')
                        .append(lease.returned()));
        streams.values().forEach(stream -> stream.describe(state.append('|')));
        routers.forEach(router -> router.describe(state.append('#')));
        requests.forEach(request -> state.append('?')
                .append(request.router * 10 + request.start)
                .append(',')
                .append(request.question)
                .append(request.more)
                .append(number(request.lease))
                .append(',')
                .append(request.returned)
                .append(',')
                .append(request.least));
        answers.forEach(answer -> state.append('!')
                .append(answer.router * 10 + answer.start)
                .append(',')
                .append(answer.question)
                .append(',')
                .append(number(answer.lease))
                .append(',')
                .append(answer.total));
        return state.toString();
    }

    private static long number(@Nullable UUID lease) {
        return lease == null ? 0 : lease.getMostSignificantBits() * 100 + lease.getLeastSignificantBits() + 1;
    }

    /// All that may happen next.
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var index = 0; index < routers.size(); index++) {
            ofRouter(index, steps);
        }
        for (var index = 0; index < requests.size(); index++) {
            var at = index;
            steps.add(new Step("request arrives", world -> world.decide(world.requests.remove(at))));
            steps.add(new Step("request arrives, and will again", world -> world.decide(world.requests.get(at))));
            steps.add(new Step("request is lost", world -> world.requests.remove(at)));
        }
        for (var index = 0; index < answers.size(); index++) {
            var at = index;
            steps.add(new Step("answer arrives", world -> world.hear(world.answers.remove(at))));
            steps.add(new Step("answer is lost", world -> world.answers.remove(at)));
        }
        streams.forEach((id, stream) -> ofStream(id, stream, steps));
        return steps;
    }

    private void ofRouter(int index, List<Step> steps) {
        var router = routers.get(index);
        var journal = journal(router);
        if (!router.alive) {
            if (router.start < bounds.starts()) {
                steps.add(new Step("router " + router.id + " starts", world -> world.start(index)));
            }
            return;
        }
        if (requests.size() < bounds.underway() && answers.size() < bounds.underway()) {
            steps.add(new Step("router " + router.id + " asks", world -> world.ask(index, true)));
        }
        if (router.lease != null && journal.records.size() < bounds.records()) {
            if (router.left() >= bounds.fee() && !router.expired) {
                steps.add(new Step("router " + router.id + " sells", world -> world.sell(index, world.bounds.fee())));
            }
            if (router.left() > 0 && requests.size() < bounds.underway()) {
                steps.add(new Step("router " + router.id + " hands over", world -> world.handOver(index)));
            }
            if (!router.expired) {
                steps.add(new Step(
                        "lease runs out at router " + router.id, world -> world.routers.get(index).expired = true));
            }
            steps.add(new Step("router " + router.id + " ends its lease", world -> world.end(index)));
        }
        steps.add(new Step("router " + router.id + " dies", world -> world.die(index)));
        steps.add(new Step("router " + router.id + " stops in order", world -> world.stop(index)));
    }

    private void ofStream(int id, Stream stream, List<Step> steps) {
        if (stream.published < stream.records.size()) {
            steps.add(new Step("Kafka gets a record of " + id, world -> world.stream(id).published++));
        }
        if (stream.posted < stream.published) {
            steps.add(new Step("billing posts a record of " + id, world -> world.post(id, world.stream(id).posted)));
        }
        if (stream.posted > 0) {
            steps.add(new Step("a record of " + id + " comes again", world -> world.postAgain(id)));
        }
        if (!stream.closed && !stream.isEnded() && isLost(id, stream)) {
            steps.add(new Step("stream " + id + " is closed by force", world -> world.closeByForce(id)));
        }
    }

    /// A router that was not heard of until well after its leases ran out, as far as billing can tell.
    private boolean isLost(int id, Stream stream) {
        var router = router(id);
        var sells = router.alive && router.lease != null && !router.expired && id(router.id, router.start) == id;
        return (!sells || !rules.contains(Rule.LOST_IS_WHO_CANNOT_SELL))
                && (stream.posted == stream.published || !rules.contains(Rule.RACES_ARE_READ_FIRST));
    }

    void ask(int index, boolean more) {
        var router = routers.get(index);
        router.questions++;
        var lease = router.lease;
        requests.add(new Request(
                router.id,
                router.start,
                router.questions,
                lease,
                more,
                lease == null ? 0 : router.returned,
                lease == null ? bounds.fee() : Math.max(0, bounds.fee() - router.left())));
    }

    void sell(int index, long fee) {
        var router = routers.get(index);
        router.spent += fee;
        sold += fee;
        journal(router).records.add(new Fee(Objects.requireNonNull(router.lease), fee, router.spent));
    }

    private void handOver(int index) {
        var router = routers.get(index);
        router.returned += router.left();
        ask(index, false);
        if (!rules.contains(Rule.WHAT_IS_RETURNED_IS_NOT_SPENT)) {
            router.granted += bounds.fee();
        }
    }

    private void end(int index) {
        var router = routers.get(index);
        var lease = Objects.requireNonNull(router.lease);
        journal(router).records.add(new Fee(lease, 0, router.spent).asClose());
        router.ended.add(lease);
        router.forget();
    }

    private void die(int index) {
        routers.get(index).alive = false;
    }

    /// A call that is on its way then may arrive after all that is posted.
    private void stop(int index) {
        var router = routers.get(index);
        if (router.lease != null) {
            end(index);
        }
        journal(router).end();
        die(index);
    }

    /// What is left of the earlier start's journal is sent on, and its end behind it.
    private void start(int index) {
        var router = routers.get(index);
        journal(router).end();
        router.start++;
        router.alive = true;
        router.ended.clear();
        router.questions = 0;
        if (rules.contains(Rule.NO_START_RESUMES_A_LEASE)) {
            router.forget();
        }
        streams.put(id(router.id, router.start), new Stream());
    }

    /// Billing knows the last start alone, and none whose stream it has closed or has the end of.
    private void decide(Request request) {
        var id = id(request.router, request.start);
        var over = stream(id).closed || (stream(id).isEnded() && rules.contains(Rule.ENDED_STREAMS_GET_NOTHING));
        if (router(id).start != request.start || over) {
            return;
        }
        var mine = leases.values().stream()
                .filter(lease -> lease.open() && lease.stream().equals(streamId(id)))
                .toList();
        var before = request.lease == null ? null : leases.get(request.lease);
        var returned = rules.contains(Rule.RETURNS_ARE_CUMULATIVE) || before == null
                ? request.returned
                : before.returned() + request.returned;
        var decided = DecidedGrants.decide(
                streamId(id),
                new Asked(CUSTOMER, request.lease, bounds.fee(), request.least, request.more, returned),
                mine,
                available,
                leased,
                routers.size(),
                new UUID(id, leases.size()));
        decided.changed().forEach(lease -> leases.put(lease.id(), lease));
        available += decided.available();
        leased -= decided.available();
        if (decided.granted() && answers.size() < bounds.underway()) {
            answers.add(
                    new Answer(request.router, request.start, request.question, decided.leaseId(), decided.total()));
        }
    }

    private void hear(Answer answer) {
        var router = routers.get(answer.router - 1);
        var strict = rules.contains(Rule.ANSWERS_ARE_OF_THE_LAST_QUESTION_OR_CUMULATIVE);
        if (!router.alive || (strict && answer.start != router.start)) {
            return;
        }
        if (rules.contains(Rule.ENDED_LEASES_ARE_NOT_TAKEN_AGAIN) && router.ended.contains(answer.lease)) {
            return;
        }
        if (!Objects.equals(answer.lease, router.lease)) {
            if (strict && answer.question != router.questions) {
                return;
            }
            router.forget();
            router.lease = answer.lease;
        }
        router.granted = strict ? Math.max(router.granted, answer.total) : router.granted + answer.total;
        // by the time that a router counts as lost, whatever it was granted has run out
        router.expired = rules.contains(Rule.LOST_IS_WHO_CANNOT_SELL) && journal(router).closed;
    }

    private void post(int id, int position) {
        var stream = stream(id);
        var record = stream.records.get(position);
        var book = new LeaseBook(streamId(id), leases.values());
        switch (record) {
            case Fee fee -> post(stream, position, fee, book);
            case End _ -> {
                var open = book.open().stream()
                        .filter(lease -> lease.stream().equals(streamId(id)))
                        .toList();
                open.forEach(lease -> giveBack(book.close(lease)));
            }
        }
        book.changed().forEach(lease -> leases.put(lease.id(), lease));
        stream.posted++;
    }

    private void post(Stream stream, int position, Fee fee, LeaseBook book) {
        var lease = book.spend(book.of(fee.lease), fee.fee, fee.cumulative);
        if (fee.close) {
            if (lease.open()) {
                giveBack(book.close(lease));
            }
        } else if (LeaseBook.isPaidByCustomer(lease) || !rules.contains(Rule.CLOSED_LEASES_ARE_INSURED)) {
            leased -= fee.fee;
            earned += fee.fee;
        } else {
            require(
                    position >= stream.publishedWhenClosed,
                    "insurance pays for what stood in races when a stream closed");
            insured += fee.fee;
            earned += fee.fee;
        }
    }

    private void giveBack(Lease lease) {
        leased -= lease.unposted();
        available += lease.unposted();
    }

    /// Billing posts from its high-water mark alone.
    private void postAgain(int id) {
        if (!rules.contains(Rule.RECORDS_ARE_POSTED_ONCE)) {
            var stream = stream(id);
            post(id, stream.posted - 1);
            stream.posted--;
        }
    }

    private void closeByForce(int id) {
        var stream = stream(id);
        stream.closed = true;
        stream.publishedWhenClosed = stream.published;
        var open = leases.values().stream()
                .filter(lease -> lease.open() && lease.stream().equals(streamId(id)))
                .toList();
        var back = DecidedGrants.closing(open, CUSTOMER);
        open.forEach(lease -> leases.put(lease.id(), lease.close()));
        available += back;
        leased -= back;
    }

    /// What must hold at any moment.
    void check() {
        require(available >= 0 && leased >= 0, "an account below zero");
        require(available + leased + earned - insured == bounds.deposit(), "money made or lost");
        require(
                leased
                        == leases.values().stream()
                                .filter(Lease::open)
                                .mapToLong(Lease::unposted)
                                .sum(),
                "leased is not what open leases have left");
        require(leases.values().stream().allMatch(lease -> lease.posted() <= lease.granted()), "overspent");
        for (var router : routers) {
            if (router.alive && router.lease != null) {
                var lease = Objects.requireNonNull(leases.get(router.lease));
                require(router.spent + router.left() <= lease.granted(), "a router may spend what it was not granted");
                require(
                        lease.open() || router.expired || router.left() == 0,
                        "a router may spend from a lease that billing has closed");
            }
        }
    }

    /// Comes to rest: every router starts once more, all records arrive.
    void settle() {
        requests.clear();
        answers.clear();
        for (var index = 0; index < routers.size(); index++) {
            start(index);
        }
        for (var id : List.copyOf(streams.keySet())) {
            var stream = stream(id);
            stream.published = stream.records.size();
            while (stream.posted < stream.published) {
                post(id, stream.posted);
            }
        }
        check();
        require(leased == 0, "credit is stranded");
        require(earned == sold, "an operator was not paid for a query that was sold");
        require(available + sold - insured == bounds.deposit(), "the customer did not pay what was sold to it");
    }

    long sold() {
        return sold;
    }

    long insured() {
        return insured;
    }

    private static void require(boolean holds, String violated) {
        if (!holds) {
            throw new ViolatedException(violated);
        }
    }

    private Router router(int id) {
        return routers.get(id / 100 - 1);
    }

    private Stream stream(int id) {
        return Objects.requireNonNull(streams.get(id));
    }

    private Stream journal(Router router) {
        return stream(id(router.id, router.start));
    }

    private static int id(int router, int start) {
        return router * 100 + start;
    }

    private static StreamId streamId(int id) {
        return new StreamId(id / 100, id % 100);
    }

    /// Something that may happen.
    record Step(String name, Consumer<LeaseProtocol> change) {

        boolean isFault() {
            return name.contains("dies")
                    || name.contains("lost")
                    || name.contains("runs out")
                    || name.contains("stops")
                    || name.contains("force");
        }
    }

    /// A rule of the money path does not hold.
    static final class ViolatedException extends RuntimeException {
        ViolatedException(String violated) {
            super(violated);
        }
    }

    private static final class Router {

        private final int id;
        private final Set<UUID> ended = new HashSet<>();
        private int start = 1;
        private boolean alive = true;
        private int questions;
        private @Nullable UUID lease;
        private long granted;
        private long returned;
        private long spent;
        private boolean expired;

        Router(int id) {
            this.id = id;
        }

        long left() {
            return granted - returned - spent;
        }

        void forget() {
            lease = null;
            granted = 0;
            returned = 0;
            spent = 0;
            expired = false;
        }

        Router copy() {
            var copy = new Router(id);
            copy.ended.addAll(ended);
            copy.start = start;
            copy.alive = alive;
            copy.questions = questions;
            copy.lease = lease;
            copy.granted = granted;
            copy.returned = returned;
            copy.spent = spent;
            copy.expired = expired;
            return copy;
        }

        void describe(StringBuilder state) {
            state.append(start * 10 + (alive ? 1 : 0))
                    .append(',')
                    .append(questions)
                    .append(',')
                    .append(number(lease))
                    .append(',')
                    .append(granted)
                    .append(',')
                    .append(returned)
                    .append(',')
                    .append(spent)
                    .append(expired)
                    .append(ended.size());
        }
    }

    private static final class Stream {

        private final List<Entry> records = new ArrayList<>();
        private int published;
        private int posted;
        private boolean closed;
        private int publishedWhenClosed;

        void end() {
            if (records.isEmpty() || records.getLast() != End.END) {
                records.add(End.END);
            }
        }

        /// Whether billing has the end.
        boolean isEnded() {
            return posted > 0 && records.get(posted - 1) == End.END;
        }

        Stream copy() {
            var copy = new Stream();
            copy.records.addAll(records);
            copy.published = published;
            copy.posted = posted;
            copy.closed = closed;
            copy.publishedWhenClosed = publishedWhenClosed;
            return copy;
        }

        void describe(StringBuilder state) {
            state.append(published).append(',').append(posted).append(closed).append(isEnded());
            for (var record : records.subList(posted, records.size())) {
                if (record instanceof Fee fee) {
                    state.append(fee.close ? 'c' : 'f')
                            .append(number(fee.lease))
                            .append(',')
                            .append(fee.cumulative);
                } else {
                    state.append('e');
                }
            }
        }
    }

    private sealed interface Entry {}

    private record Fee(UUID lease, long fee, long cumulative, boolean close) implements Entry {

        Fee(UUID lease, long fee, long cumulative) {
            this(lease, fee, cumulative, false);
        }

        Fee asClose() {
            return new Fee(lease, 0, cumulative, true);
        }
    }

    private enum End implements Entry {
        END
    }

    private record Request(
            int router, int start, int question, @Nullable UUID lease, boolean more, long returned, long least) {}

    private record Answer(
            int router, int start, int question, @Nullable UUID lease, long total) {}
}
