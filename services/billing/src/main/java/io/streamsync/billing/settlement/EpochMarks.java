package io.streamsync.billing.settlement;

import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where streams passed the ends of epochs.
@Component
public class EpochMarks {

    private final NextPlace next;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    EpochMarks(NextPlace next, InstantSource clock, JdbcClient jdbc) {
        this.next = next;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /// Notes the marks among records that are posted in the caller's transaction: the stream's window ends behind each.
    /// The mark of a window that is sealed ends none, as of a new stream whose router's clock is behind.
    ///
    /// The caller holds the books open: what is not sealed here is not being sealed without these marks.
    public void add(StreamId stream, List<PositionedRecord> records) {
        for (var record : records) {
            if (record.record() instanceof EpochEnded ended && !isSealed(ended.epoch())) {
                add(stream, ended.epoch(), record.position() + 1);
            }
        }
    }

    private boolean isSealed(long epoch) {
        return epoch < next.at(clock.instant()).epoch();
    }

    /// An epoch that has ended before, or whose window was sealed without its mark, does not end again. A cut
    /// has the stream's window fall back behind a far epoch's mark, which may come once more then.
    private void add(StreamId stream, long epoch, long next) {
        jdbc.sql("""
                with passed as (
                    update stream set window_from = :next, window_epoch = :epoch + 1
                    where router = :router and incarnation = :incarnation and window_epoch <= :epoch
                        and not exists (select from settlement_mark
                            where router = :router and incarnation = :incarnation and epoch = :epoch)
                    returning router, incarnation)
                insert into settlement_mark (router, incarnation, epoch, next_position)
                select router, incarnation, :epoch, :next from passed""")
                .param("router", stream.router())
                .param("incarnation", stream.incarnation())
                .param("epoch", epoch)
                .param("next", next)
                .update();
    }

    /// Ends the stream's window of an epoch at what is posted, without a mark. Nothing more of it is posted before the
    /// caller's transaction ends.
    ///
    /// @return where it ends
    long cut(StreamId stream, long epoch) {
        return jdbc.sql("""
                update stream set window_from = next_position, window_epoch = ?
                where router = ? and incarnation = ? returning next_position""")
                .params(epoch + 1, stream.router(), stream.incarnation())
                .query(Long.class)
                .single();
    }
}
