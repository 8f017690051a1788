package io.streamsync.router.access;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Publications;
import io.streamsync.router.publication.ScriptedBilling;

/// Credit for tests of what needs some.
public final class Credits {

    private Credits() {}

    /// Rate caps that so many routers use.
    public static RateShares sharedAmong(int routers) {
        var shares = new RateShares();
        shares.live(routers);
        return shares;
    }

    /// Nobody's.
    public static CreditLeases none(Journal journal, ScriptedBilling billing) {
        var keeper = new LeaseKeeper(
                billing.endpoint(),
                journal.incarnation(),
                Publications.marks(journal),
                new RateShares(),
                new RouterLog(),
                System::nanoTime);
        return new CreditLeases(keeper, new ClosedLeases(journal), System::nanoTime);
    }
}
