package io.streamsync.reputation.observation;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Reads the frames of race records that routers send.
@Component
class RaceFrames {

    /// In one transaction: a fraction of a second.
    private static final int RECORDS_AT_ONCE = 5_000;

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
        var together = new ArrayList<Frame>();
        var records = 0;
        for (var frame : frames) {
            var read = read(frame);
            if (read.isEmpty()) {
                continue;
            }
            together.add(read.get());
            records += read.get().records().size();
            if (records >= RECORDS_AT_ONCE) {
                intake.take(together);
                together.clear();
                records = 0;
            }
        }
        intake.take(together);
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
