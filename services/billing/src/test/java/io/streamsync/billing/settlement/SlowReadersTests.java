package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// Whoever takes leaves slowly keeps nobody else from them.
@BillingTest
class SlowReadersTests {

    private static final int SLOW = 4;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    LeafController leaves;

    @Test
    void leavesAreReadWhileOthersAreSlowToTakeThem() throws Exception {
        var router = market.router();
        windows.open();
        router.charged(router.lease(http.customer("1"), 1_000_000), 1_000);
        windows.mark(router);
        windows.post(router);
        var epoch = Long.toString(windows.seal().header().epoch());
        var taken = new CountDownLatch(1);
        var writing = new CountDownLatch(SLOW);
        var slow = new ArrayList<Future<Boolean>>();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var reader = 0; reader < SLOW; reader++) {
                Callable<Boolean> reading = () -> {
                    leaves.leaves(epoch, 0, 10_000, new SlowResponse(writing, taken));
                    return true;
                };
                slow.add(readers.submit(reading));
            }
            try {
                await().untilAsserted(() -> assertThat(writing.getCount()).isZero());
                assertThat(http.get("/v1/settlements/" + epoch + "/leaves").status())
                        .isEqualTo(200);
            } finally {
                taken.countDown();
            }
        }
        assertThat(slow).extracting(Future::resultNow).isEqualTo(List.of(true, true, true, true));
    }

    /// Its client takes the first leaf when it likes.
    private static final class SlowResponse extends MockHttpServletResponse {

        private final CountDownLatch writing;
        private final CountDownLatch taken;

        SlowResponse(CountDownLatch writing, CountDownLatch taken) {
            this.writing = writing;
            this.taken = taken;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    writing.countDown();
                    try {
                        taken.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }
}
