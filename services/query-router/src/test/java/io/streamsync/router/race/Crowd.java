package io.streamsync.router.race;

import io.streamsync.router.race.Shares.Share;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// So many customers with a query in flight each that a started router takes no more, until they leave.
public final class Crowd implements AutoCloseable {

    private final List<Share> inside = new ArrayList<>();

    public Crowd(ApplicationContext router) {
        var shares = router.getBean(Shares.class);
        for (var share = shares.enter("0"); share != null; share = shares.enter(Integer.toString(inside.size()))) {
            inside.add(share);
        }
    }

    @Override
    public void close() {
        inside.forEach(Share::leave);
    }
}
