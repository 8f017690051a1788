package io.streamsync.reputation.observation;

import io.streamsync.protocol.record.Frame;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.stereotype.Component;

/// What whoever runs the installation must see of the races that come in. Scores go on without what is named here.
@Component
class ObservationLog {

    private static final Logger log = LoggerFactory.getLogger("io.streamsync.reputation.alert");

    void frameUnreadable(ConsumerRecord<?, ?> frame, RuntimeException reason) {
        alert("RACE_FRAME_UNREADABLE")
                .addKeyValue("topic", frame.topic())
                .addKeyValue("partition", frame.partition())
                .addKeyValue("offset", frame.offset())
                .addKeyValue("reason", reason.getMessage())
                .log("a frame of race records cannot be read and moves no score");
    }

    void recordUnreadable(Frame frame, long position, RuntimeException reason) {
        stream(alert("RACE_RECORD_UNREADABLE"), frame)
                .addKeyValue("position", position)
                .addKeyValue("reason", reason.getMessage())
                .log("a race record cannot be read and moves no score");
    }

    void gap(Frame frame, long expected) {
        stream(alert("RACE_STREAM_GAP"), frame)
                .addKeyValue("expected", expected)
                .addKeyValue("position", frame.first())
                .log("race records are missing and move no score");
    }

    private static LoggingEventBuilder alert(String name) {
        return log.atError().addKeyValue("alert", name);
    }

    private static LoggingEventBuilder stream(LoggingEventBuilder entry, Frame frame) {
        return entry.addKeyValue("router", frame.router()).addKeyValue("incarnation", frame.incarnation());
    }
}
