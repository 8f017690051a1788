package io.streamsync.billing.credit;

/// How much credit a router gets at once (money, Credit leases).
final class LeaseSize {

    /// A lease lasts for some queries, so that billing is not asked for each.
    private static final long QUERIES = 50;

    /// What lies ready is to begin with: more comes while it is spent.
    private static final long READY_QUERIES = 20;

    private LeaseSize() {}

    /// @param spentRecently by the customer on that router: what two minutes cost, by the last 20 s
    /// @param dearestAsk that its queries may meet
    /// @param cap what the loss of a router may tie up
    static long of(long spentRecently, long dearestAsk, long available, int liveRouters, long cap) {
        var wanted = Math.max(spentRecently, times(dearestAsk, QUERIES));
        var possible = Math.min(share(dearestAsk, available, liveRouters), cap);
        return wanted == 0 ? possible : Math.min(wanted, possible);
    }

    /// What lies ready at a router for a customer that may ask again: never so much that others run short of it.
    static long idle(long dearestAsk, long available, int liveRouters, long cap) {
        return Math.min(Math.min(times(dearestAsk, READY_QUERIES), available / (2L * Math.max(1, liveRouters))), cap);
    }

    /// A router alone may have everything. Several leave something to each other, but what each gets buys a query:
    /// smaller crumbs would be of use to nobody.
    private static long share(long dearestAsk, long available, int liveRouters) {
        return liveRouters <= 1 ? available : Math.max(available / (2L * liveRouters), Math.min(available, dearestAsk));
    }

    private static long times(long amount, long factor) {
        return amount > Long.MAX_VALUE / factor ? Long.MAX_VALUE : amount * factor;
    }
}
