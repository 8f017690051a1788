package io.streamsync.router.pages;

import io.streamsync.protocol.market.QueryClass;
import java.util.List;

/// What billing has booked in the last 24 hours, on all routers (`GET /internal/market/activity`).
///
/// @param refunds how many
record Activity(List<Traded> classes, List<Served> operators, Sla sla, long refunds) {

    static final Activity NONE = new Activity(List.of(), List.of(), new Sla(0, 0), 0);

    Activity {
        classes = List.copyOf(classes);
        operators = List.copyOf(operators);
    }

    /// USDC charged in the class.
    String charged(QueryClass queryClass) {
        return classes.stream()
                .filter(traded -> traded.queryClass().equals(queryClass.wireName()))
                .map(Traded::charged)
                .findFirst()
                .orElse("0");
    }

    /// @param charged USDC
    record Traded(String queryClass, long queries, String charged) {}

    /// @param answered races that the operator won
    record Served(String operatorId, long answered) {}

    /// Races with a guarantee, and how many kept it.
    record Sla(long asked, long met) {}
}
