package io.streamsync.billing.alert;

import java.util.Map;

/// A threshold that was crossed.
///
/// @param facts members of the webhook's `data`
record Alert(Type type, Map<String, Object> facts) {

    enum Type {
        BALANCE_LOW("balance.low"),
        RUNWAY_SHORT("runway.short");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
