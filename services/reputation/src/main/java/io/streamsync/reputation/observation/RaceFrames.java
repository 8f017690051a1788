package io.streamsync.reputation.observation;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Reads the frames of race records that routers send.
@Component
class RaceFrames {

    private final RaceIntake intake;
    private final ObservationLog log;

    RaceFrames(RaceIntake intake, ObservationLog log) {
        this.intake = intake;
        this.log = log;
    }

    @KafkaListener(
            topics = Topics.RACES,
            groupId = "reputation-races",
            containerFactory = ObservationConfiguration.RACE_FRAME_CONTAINERS)
    void on(List<ConsumerRecord<String, byte[]>> frames) {
        intake.take(frames.stream().flatMap(frame -> read(frame).stream()).toList());
    }

    private Optional<Frame> read(ConsumerRecord<String, byte[]> frame) {
        try {
            return Optional.of(Frame.decode(frame.value()));
        } catch (RuntimeException unreadable) {
            log.frameUnreadable(frame, unreadable);
            return Optional.empty();
        }
    }
}
