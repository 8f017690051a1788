package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RequestBodyTests {

    private final List<byte[]> bodies = new ArrayList<>();
    private int tooLarge;

    @Test
    void takesAMebibyteInSingleBytesWithoutCopyingItForEach() {
        var part = Unpooled.wrappedBuffer(new byte[] {7});

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> read(Flux.fromIterable(Collections.nCopies(RequestBody.LARGEST, part))));

        assertThat(bodies).hasSize(1);
        assertThat(bodies.getFirst()).hasSize(RequestBody.LARGEST).containsOnly(7);
    }

    @Test
    void putsPartsTogetherAsTheyCome() {
        read(Flux.just(
                Unpooled.wrappedBuffer(new byte[] {1, 2, 3}),
                Unpooled.wrappedBuffer(new byte[] {4}),
                Unpooled.wrappedBuffer(new byte[] {5, 6})));

        assertThat(bodies).hasSize(1);
        assertThat(bodies.getFirst()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesTheFirstByteTooMany() {
        read(Flux.just(Unpooled.wrappedBuffer(new byte[RequestBody.LARGEST]), Unpooled.wrappedBuffer(new byte[] {1})));

        assertThat(bodies).isEmpty();
        assertThat(tooLarge).isEqualTo(1);
    }

    private void read(Flux<ByteBuf> parts) {
        parts.subscribe(new RequestBody(bodies::add, () -> tooLarge++, failure -> {
            throw new AssertionError(failure);
        }));
    }
}
