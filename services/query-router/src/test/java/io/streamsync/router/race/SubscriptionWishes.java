package io.streamsync.router.race;

/// What customers may wish for their subscriptions, for tests of other packages.
public final class SubscriptionWishes {

    private SubscriptionWishes() {}

    public static SubscriptionTerms standard() {
        return new SubscriptionTerms(new Wishes(3), 3);
    }
}
