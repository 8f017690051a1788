package io.streamsync.router.access;

import io.streamsync.router.access.LeaseAnswer.Grant;
import io.streamsync.router.access.LeaseAnswer.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What this router knows and holds of one account's credit, or of one key's that has a daily cap. Reserving and
/// settling take no lock; all else is brief.
final class AccountCredit {

    /// A lease may be spent from for so long after it was asked for, where billing does not say (the money path, Credit
    /// leases). Renewed at half of it a lease outlasts a minute without billing.
    private static final long VALIDITY = Duration.ofMinutes(2).toNanos();

    /// An account that asks nothing for so long gives its credit back, but for what lies ready for its next query.
    private static final long IDLE = Duration.ofSeconds(15).toNanos();

    /// How long a query waits for credit (public interfaces, Queries).
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    /// A deposit is good for queries within 2 s.
    private static final long NOTHING_LEFT = Duration.ofSeconds(1).toNanos();

    private static final long UNAVAILABLE = Duration.ofMillis(200).toNanos();

    /// Billing is asked anew after.
    private static final long FORGOTTEN = Duration.ofSeconds(60).toNanos();

    /// One dear query must not enlarge all leases to come: it counts for this long, and at most twice.
    private static final long DEAREST_COUNTS = Duration.ofSeconds(20).toNanos();

    /// Who waited for credit takes it before another router can have it back.
    private static final long TAKEN_FIRST = Duration.ofMillis(100).toNanos();

    /// For so long after handing credit over a router asks for more only where a query waits for it.
    private static final long LEFT_TO_OTHERS = Duration.ofSeconds(1).toNanos();

    /// For so many queries credit lies ready, as billing leases it: enough to begin with, while more is asked for.
    private static final long READY_QUERIES = 20;

    /// Between two attempts to have credit ready where there was none.
    private static final long READY_AGAIN = Duration.ofSeconds(30).toNanos();

    private final String accountId;
    private final @Nullable String keyId;
    private final LeaseKeeper keeper;
    private final ClosedLeases closed;
    private final SpendingWindow spending = new SpendingWindow();
    private final AtomicLong spent = new AtomicLong();
    private final AtomicBoolean wished = new AtomicBoolean();
    private volatile @Nullable Lease lease;
    private volatile Balance balance = new Balance(0, 0);
    private volatile long lastUsed;
    private volatile long dearestAsk = 1;
    private volatile long leastAsk;
    private volatile long nothingLeftUntil;
    private volatile boolean capReached;
    private volatile long unspent = Long.MAX_VALUE;
    private volatile long leftToOthersUntil;

    private long dearestBefore = 1;
    private long dearestSince;
    private long unavailableUntil;
    private long readyAgainAt;
    private @Nullable CompletableFuture<LeaseState> waiting;
    private long waitingSince;
    private @Nullable Question asked;
    private boolean unanswered;
    private boolean forgotten;
    private boolean heldElsewhere;
    private boolean grantedAll;
    private long validity = VALIDITY;
    private long grantedAt;
    private long askedAt;

    /// @param keyId of a key with a daily cap; null for the account's
    AccountCredit(String accountId, @Nullable String keyId, LeaseKeeper keeper, ClosedLeases closed, long now) {
        this.accountId = accountId;
        this.keyId = keyId;
        this.keeper = keeper;
        this.closed = closed;
        lastUsed = now;
        dearestSince = now;
        // in the past also for a query that looked at the clock before another made this account
        nothingLeftUntil = now - NOTHING_LEFT;
        unavailableUntil = now - UNAVAILABLE;
        leftToOthersUntil = now - LEFT_TO_OTHERS;
        grantedAt = now - TAKEN_FIRST;
        askedAt = now - VALIDITY;
        readyAgainAt = now;
    }

    @Nullable
    Reservation reserve(long amount, long now) {
        var current = lease;
        var reservation = current == null ? null : current.reserve(amount, now);
        if (current != null && reservation != null) {
            lastUsed = now;
            if (amount > dearestAsk) {
                dearestAsk = amount;
            }
            if (current.isLow() && mayAskForMore(now)) {
                wish();
            }
        }
        return reservation;
    }

    long remaining(long now) {
        var current = lease;
        return current == null || !current.isValid(now) ? 0 : current.remaining();
    }

    /// What billing said last, less what was spent since it was asked.
    long balanceEstimate() {
        var told = balance;
        return Math.max(0, told.nano - (spent.get() - told.spentWhenAsked));
    }

    /// A lease has booked a fee, or taken one back.
    void spent(long fee) {
        spent.addAndGet(fee);
        spending.spend(fee, keeper.now());
    }

    /// @return empty when the account has been forgotten: there is another of its name
    synchronized Optional<CompletionStage<LeaseState>> lease(long needed, long least, long dearest, long now) {
        if (forgotten) {
            return Optional.empty();
        }
        lastUsed = now;
        leastAsk = least;
        dearestAsk = Math.max(dearestAsk, dearest);
        var known = known(needed, now);
        return Optional.of(known == null ? await(now) : CompletableFuture.completedStage(known));
    }

    /// The request that the wish comes to; empty when it has passed.
    synchronized Optional<LeaseRequest> ask(String requestId, long now) {
        closeWhenTheDayIsOver(now);
        var current = lease;
        var idle = isIdle(now);
        if (current == null && waiting == null && !unanswered && !idle) {
            wished.set(false);
            return Optional.empty();
        }
        askedAt = now;
        var wantsMore = current == null
                || waiting != null
                || (!idle && mayAskForMore(now) && (current.isLow() || isShort(current, now)));
        var wanted = wantsMore ? spending.ofTwoMinutes(now) : 0;
        asked = new Question(requestId, now, spent.get(), current == null ? 0 : current.returned(), wantsMore, wanted);
        return Optional.of(new LeaseRequest(
                requestId,
                accountId,
                keyId,
                current == null ? null : current.id(),
                LeaseRequest.digits(wanted),
                LeaseRequest.digits(wantsMore ? dearest() : 0),
                LeaseRequest.digits(current == null ? leastAsk : leastAsk - current.remaining()),
                idle,
                wantsMore,
                LeaseRequest.digits(current == null ? 0 : current.returned()),
                LeaseRequest.digits(current == null ? 0 : current.unspent())));
    }

    /// Whether what is left lasts for less than a minute at the speed of the last 20 s. Where billing gave
    /// less than was asked for, more is asked for at half of it.
    private boolean isShort(Lease current, long now) {
        return grantedAll && current.remaining() < spending.ofTwoMinutes(now) / 2;
    }

    /// After handing credit over only for whoever asks since.
    private boolean mayAskForMore(long now) {
        return now - nothingLeftUntil >= 0 && now - leftToOthersUntil >= 0 && lastUsed - leftToOthersUntil >= 0;
    }

    /// Asks for a little credit before the first query comes.
    ///
    /// @return false when the account has been forgotten: there is another of its name
    synchronized boolean makeReady(long dearest, long now) {
        if (forgotten) {
            return false;
        }
        nothingLeftUntil = now - NOTHING_LEFT;
        readyAgainAt = now;
        dearestAsk = Math.max(dearestAsk, dearest);
        leastAsk = leastAsk == 0 ? dearest : leastAsk;
        if (lease == null && waiting == null) {
            lastUsed = now - IDLE;
            wish();
        }
        return true;
    }

    /// The key's cap is another: what was leased under the old one goes back.
    synchronized void capChanged(long now) {
        nothingLeftUntil = now - NOTHING_LEFT;
        close();
    }

    /// Gives back what is too little to be of use, where nothing comes to it.
    synchronized void giveBack(long least) {
        var current = lease;
        if (current != null && current.remaining() < least) {
            handOver(current, 0);
        }
    }

    /// Another router is short of the customer's credit: gives it what nobody needs here right now, or half of it where
    /// the half buys something.
    synchronized void wanted(long now) {
        var current = lease;
        if (current == null || now - grantedAt < TAKEN_FIRST) {
            return;
        }
        leftToOthersUntil = now + LEFT_TO_OTHERS;
        var half = current.remaining() / 2;
        handOver(current, half < dearest() || now - lastUsed >= LEFT_TO_OTHERS ? 0 : half);
    }

    /// Billing is told in any case: also that there was nothing.
    private void handOver(Lease from, long keep) {
        from.handBack(keep);
        wish();
    }

    /// Whether the key's cap is out: there is nothing here and nothing to be had for now.
    boolean isCapReached(long now) {
        return capReached && now - nothingLeftUntil < 0 && remaining(now) <= 0;
    }

    /// What is left of the key's cap for the day wherever it lies, as far as billing has read.
    long unspent() {
        return unspent;
    }

    long lastUsed() {
        return lastUsed;
    }

    /// Billing may have granted and not been heard: the wish stays until it is.
    synchronized void failed(String requestId) {
        if (asked != null && asked.requestId.equals(requestId)) {
            asked = null;
            unanswered = true;
            keeper.wish(this);
        }
    }

    /// @param valid for so long a lease may be spent from; null where billing does not say
    synchronized void answered(Grant grant, @Nullable Long valid, long now) {
        var question = asked;
        if (question == null || !question.requestId.equals(grant.requestId())) {
            return;
        }
        asked = null;
        unanswered = false;
        wished.set(false);
        balance = new Balance(grant.balance(), question.spent);
        unspent = grant.unspent() == null ? Long.MAX_VALUE : grant.unspent();
        validity = valid == null ? VALIDITY : valid;
        apply(grant, question, now);
        var current = lease;
        if (waiting != null || (current != null && current.returned() > question.returned)) {
            wish();
        }
    }

    /// Gives queries up that have waited long enough.
    ///
    /// @return whether none waits any more
    synchronized boolean giveUp(long now) {
        if (waiting != null && now - waitingSince >= PATIENCE) {
            if (heldElsewhere) {
                nothingIsLeft(now);
            } else {
                unavailableUntil = now + UNAVAILABLE;
                resolve(LeaseState.UNAVAILABLE);
            }
        }
        return waiting == null;
    }

    /// Ends a lease that nobody uses or may use, renews one that is used.
    ///
    /// @param read whether billing reads of ends, so that the credit of an ended lease can be had again
    /// @param ready whether credit may lie here for the next query
    /// @return whether nothing is left to remember of the account
    synchronized boolean tidy(boolean read, boolean ready, long now) {
        if (now - dearestSince >= DEAREST_COUNTS && now - lastUsed < DEAREST_COUNTS) {
            dearestSince = now;
            dearestBefore = dearestAsk;
            dearestAsk = 1;
        }
        var current = lease;
        var giveBack = read && isIdle(now) && current != null && (!ready || current.remaining() > readyCredit());
        if (current != null && (giveBack || !current.isValid(now))) {
            close();
        } else if (current != null && current.validFor(now) < validity / 2 && now - askedAt >= validity / 8) {
            // a lease whose day is nearly over cannot be renewed, and is not asked for all the time
            wish();
        } else if (current != null && !isIdle(now) && isShort(current, now) && mayAskForMore(now)) {
            wish();
        }
        if (lease == null && ready && isIdle(now) && now - lastUsed < FORGOTTEN && now - readyAgainAt >= 0) {
            readyAgainAt = now + NOTHING_LEFT;
            wish();
        }
        forgotten = lease == null && waiting == null && !wished.get() && now - lastUsed >= FORGOTTEN;
        return forgotten;
    }

    synchronized void close() {
        var current = lease;
        if (current != null) {
            lease = null;
            closed.closing(current);
            current.close();
        }
    }

    void ended(Lease ended) {
        closed.ended(ended);
    }

    private @Nullable LeaseState known(long needed, long now) {
        if (remaining(now) >= needed) {
            return LeaseState.GRANTED;
        }
        if (now - nothingLeftUntil < 0) {
            return capReached ? LeaseState.CAP_REACHED : LeaseState.NOTHING_LEFT;
        }
        return now - unavailableUntil < 0 ? LeaseState.UNAVAILABLE : null;
    }

    private CompletionStage<LeaseState> await(long now) {
        var shared = waiting;
        if (shared == null) {
            shared = new CompletableFuture<>();
            waiting = shared;
            waitingSince = now;
            heldElsewhere = false;
            keeper.awaited(this);
        }
        wish();
        return shared.minimalCompletionStage();
    }

    private void wish() {
        if (wished.compareAndSet(false, true)) {
            keeper.wish(this);
        }
    }

    private boolean isIdle(long now) {
        return waiting == null && now - lastUsed >= IDLE;
    }

    private long readyCredit() {
        var dearest = dearest();
        return dearest > Long.MAX_VALUE / READY_QUERIES ? Long.MAX_VALUE : READY_QUERIES * dearest;
    }

    private long dearest() {
        return Math.max(dearestAsk, dearestBefore);
    }

    /// A key's lease is for one day.
    private long validity(Grant grant) {
        return grant.endsInMillis() == null
                ? validity
                : Math.min(validity, TimeUnit.MILLISECONDS.toNanos(grant.endsInMillis()));
    }

    private void closeWhenTheDayIsOver(long now) {
        var current = lease;
        if (keyId != null && current != null && !current.isValid(now)) {
            close();
        }
    }

    private void apply(Grant grant, Question question, long now) {
        var validUntil = question.at + validity(grant);
        switch (grant.outcome()) {
            case GRANTED -> granted(grant, question, validUntil, now);
            case NOTHING_LEFT, CAP_REACHED, UNKNOWN_ACCOUNT -> {
                grantedAll = false;
                nothingLeft(grant, validUntil, now);
            }
            case LEASE_CLOSED -> close();
        }
    }

    /// An ended lease is offered as long as billing has not read of its end; the wish waits for that.
    private void granted(Grant grant, Question question, long validUntil, long now) {
        var leaseId = grant.leaseId();
        if (leaseId == null || closed.contains(leaseId)) {
            return;
        }
        var current = lease;
        if (current == null || !current.id().equals(leaseId)) {
            close();
            current = new Lease(leaseId, this);
        }
        if (question.more) {
            grantedAll = grant.granted() - current.granted() >= question.wanted;
        }
        current.grant(grant.granted(), validUntil);
        lease = current;
        if (waiting != null) {
            grantedAt = now;
        }
        resolve(LeaseState.GRANTED);
    }

    private void nothingLeft(Grant grant, long validUntil, long now) {
        capReached = grant.outcome() == Outcome.CAP_REACHED;
        readyAgainAt = now + READY_AGAIN;
        var current = lease;
        if (current != null && current.id().equals(grant.leaseId())) {
            current.renew(validUntil);
        }
        if (waiting != null && !grant.holders().isEmpty()) {
            // the query waits on: what lies idle at another router is here in a moment
            heldElsewhere = true;
            keeper.want(grant.holders());
        } else if (waiting != null || current != null) {
            nothingIsLeft(now);
        }
        // else credit was only to lie ready: who paid in since is not told so at the first query
    }

    private void nothingIsLeft(long now) {
        nothingLeftUntil = now + NOTHING_LEFT;
        resolve(capReached ? LeaseState.CAP_REACHED : LeaseState.NOTHING_LEFT);
    }

    private void resolve(LeaseState state) {
        if (waiting != null) {
            waiting.completeAsync(() -> state);
            waiting = null;
        }
    }

    /// @param spent all that the account had spent here when it was asked
    /// @param returned all that billing was told is given back
    /// @param more whether credit was asked for, and `wanted` of it at least
    private record Question(String requestId, long at, long spent, long returned, boolean more, long wanted) {}

    private record Balance(long nano, long spentWhenAsked) {}
}
