package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Frames that no router should write: each is one clear stop of its stream, and moves nothing.
@BillingTest
@Import(Posts.class)
class BadFramesTests {

    private static final int CHECKSUM = 4;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Posts posts;

    @Autowired
    StreamIntake streams;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Test
    void readsNoFrameThatWasDamagedOnItsWay() {
        var frame = frame();

        for (var length = 0; length < frame.length; length++) {
            var cut = Arrays.copyOf(frame, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ReceivedFrame.decode(0, cut));
        }
        for (var index = 0; index < frame.length; index++) {
            var flipped = frame.clone();
            flipped[index] ^= 0x10;
            assertThatIllegalArgumentException().isThrownBy(() -> ReceivedFrame.decode(0, flipped));
        }
    }

    @Test
    void stopsItsPartitionAtAFrameOfALaterVersion() {
        var later = frame();
        later[3] = '2';
        var laterRecord = frame();
        laterRecord[4 + 2 + 2 + 6 + 2 + 4 + 1] = 9; // the version of the first record

        assertThat(stop(signed(later))).contains("unreadable frame", "unknown version");
        assertThat(stop(signed(laterRecord))).contains("unreadable frame", "unknown format version 9");
    }

    /// Whatever bytes a broken router signs: they are posted, or they stop their partition, and nothing else happens.
    @Test
    void takesAnyBytesForAFrameOrAStop() {
        var random = new Random(20);
        var frame = frame();
        var intake = new PartitionIntake(0, streams, new IntakeLog());
        for (var round = 0; round < 400; round++) {
            var broken = frame.clone();
            for (var change = random.nextInt(1, 4); change > 0; change--) {
                broken[random.nextInt(4, broken.length - CHECKSUM)] = (byte) random.nextInt(256);
            }

            var step = intake.take(List.of(record(signed(broken))), Instant.now());

            assertThat(step.readFrom()).isBetween(0L, 1L);
        }
        assertThat(jdbc.sql("select count(*) from ledger_account where balance < 0 and name like 'customer:%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void stopsAtAmountsThatCannotBe() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 10_000);
        var most = 1_000_000 * Amount.NANO;

        assertThat(refused(router, () -> router.answered(lease, 0, 5, -5, null, null)))
                .contains("charges a fee that cannot be due");
        assertThat(refused(router, () -> router.answered(lease, 0, -5, 0, null, null)))
                .contains("a price that no ask can have");
        assertThat(refused(router, () -> router.charged(lease.copy(), Long.MAX_VALUE)))
                .contains("a price that no ask can have");
        assertThat(refused(router, () -> router.charged(lease.copy(), most))).contains("is overspent by");
        assertThat(refused(router, () -> router.late(lease, Long.MAX_VALUE))).contains("a price that no ask can have");
        assertThat(refused(router, () -> router.answered(lease, -1, 0, 5, RefundReason.NO_ANSWER, null)))
                .contains("cannot be due");
        assertThat(refused(
                        router,
                        () -> router.answered(lease, 0, 5, 5, RefundReason.SLA_MISSED, new Sla(50, true, false))))
                .contains("cannot be due");
        assertThat(refused(
                        router,
                        () -> router.verified(router.charged(lease.copy(), 5), Long.MAX_VALUE, RaceStatus.CONFIRMED)))
                .contains("more fees were verified");
        assertThat(refused(router, () -> router.write(new EpochEnded(1, Long.MAX_VALUE))))
                .contains("of no time");
        assertThat(refused(router, () -> router.write(new EpochEnded(1, -1)))).contains("of no time");
        assertThat(ledger.balance(Account.leased(new CustomerId(customer.id()))))
                .isEqualTo(10_000);
    }

    @Test
    void sumsWhatTheDearestLateAnswersWouldHaveCost() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 10_000);
        for (var batch = 0; batch < 5; batch++) {
            for (var race = 0; race < 2_000; race++) {
                router.late(lease, 1_000_000 * Amount.NANO);
            }
            posts.take(router, frames(router));
        }

        var usage = http.get("/v1/account/usage?groupBy=method", customer.ask())
                .json()
                .path("items")
                .path(0);

        assertThat(usage.path("charged").asString()).as("beyond 64 bits").isEqualTo("10000000000");
        assertThat(usage.path("paid").asString()).isEqualTo("0");
        assertThat(http.get("/v1/account", customer.ask()).text("spentToday")).isEqualTo("10000000000");
        assertThat(http.internal("/internal/operators/" + router.operator(1) + "/earnings")
                        .json()
                        .path("items")
                        .path(0)
                        .path("charged")
                        .asString())
                .isEqualTo("10000000000");
        assertThat(http.reconcile().status()).isEqualTo(200);
    }

    /// What the router wrote, in frames of a size that there is.
    private static Frame[] frames(Market.Router router) {
        return router.frames().toArray(Frame[]::new);
    }

    private byte[] frame() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.verified(router.charged(lease, 4_000), 4_000, RaceStatus.CONFIRMED);
        router.close(lease);
        return router.frame().encode();
    }

    /// With the checksum that belongs to it.
    private static byte[] signed(byte[] frame) {
        var checksum = new CRC32C();
        checksum.update(frame, 0, frame.length - CHECKSUM);
        for (var index = 0; index < CHECKSUM; index++) {
            frame[frame.length - 1 - index] = (byte) (checksum.getValue() >>> (8 * index));
        }
        return frame;
    }

    private String stop(byte[] frame) {
        var intake = new PartitionIntake(0, streams, new IntakeLog());

        var step = intake.take(List.of(record(frame)), Instant.now());

        assertThat(step.paused()).isTrue();
        assertThat(step.commit()).isZero();
        var stop = intake.stop();
        return stop == null ? "" : stop.reason();
    }

    private static ConsumerRecord<String, byte[]> record(byte[] frame) {
        return new ConsumerRecord<>("streamsync.races", 0, 0, "key", frame);
    }

    private String refused(Market.Router router, Runnable writes) {
        writes.run();
        return posts.take(router, router.withdrawnFrame()) instanceof Taken.Stopped stopped
                ? stopped.reason()
                : "posted";
    }
}
