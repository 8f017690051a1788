package io.streamsync.billing.stakes;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Takes in how operators' stakes change.
@Component
class StakeListener {

    private final Stakes stakes;
    private final JsonMapper json;

    StakeListener(Stakes stakes, JsonMapper json) {
        this.stakes = stakes;
        this.json = json;
    }

    @KafkaListener(groupId = StakeReading.GROUP, topics = Topics.STAKES)
    void take(String value) {
        stakes.book(json.readValue(value, StakeChanged.class));
    }
}
