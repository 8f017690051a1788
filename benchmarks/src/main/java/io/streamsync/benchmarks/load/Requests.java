package io.streamsync.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/// Requests to one target as bytes; no two have the same id or parameters, so that nothing can be answered from a
/// cache.
final class Requests {

    private static final int ADDRESS_DIGITS = 9;
    private static final int FIRST_DIGIT = 15;
    private static final byte[] ADDRESS = "So1anaBenchmark1111111111111111111111111111".getBytes(US_ASCII);
    private static final byte[] END = "\",{\"encoding\":\"base64\",\"commitment\":\"confirmed\"}]}".getBytes(US_ASCII);

    private final byte[] head;
    private final byte[] method;
    private int sent;

    Requests(URI target, Map<String, String> headers, String method) {
        var given = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        this.head = ("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nContent-Type: application/json\r\n" + given + "Content-Length: ")
                .getBytes(US_ASCII);
        this.method = (",\"method\":\"" + method + "\",\"params\":[\"").getBytes(US_ASCII);
    }

    ByteBuf next(ByteBufAllocator allocator) {
        var number = sent++;
        var id = ("{\"jsonrpc\":\"2.0\",\"id\":" + number).getBytes(US_ASCII);
        var length = id.length + method.length + ADDRESS.length + END.length;
        var request = allocator.directBuffer(head.length + length + 16);
        request.writeBytes(head).writeBytes((length + "\r\n\r\n").getBytes(US_ASCII));
        request.writeBytes(id).writeBytes(method);
        writeAddress(request, number);
        return request.writeBytes(END);
    }

    private static void writeAddress(ByteBuf request, int number) {
        var at = request.writerIndex() + FIRST_DIGIT;
        request.writeBytes(ADDRESS);
        for (var rest = number; rest > 0; at++, rest /= ADDRESS_DIGITS) {
            request.setByte(at, '1' + rest % ADDRESS_DIGITS);
        }
    }
}
