package io.streamsync.benchmarks.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// What every node says: the same as all others at the same slot, in the bytes of a Solana node.
final class Answers {

    static final String LARGE = "getProgramAccounts";

    private static final long SLOT_MILLIS = 400;
    private static final String HASH = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";

    /// Makes the whole answer to getAccountInfo as long as an ordinary one, 405 bytes with an id of seven digits.
    private static final String ACCOUNT = "{\"data\":[\"" + "QmVuY2htYXJr".repeat(14)
            + "\",\"base64\"],\"executable\":false,\"lamports\":88849814690250,"
            + "\"owner\":\"11111111111111111111111111111111\",\"rentEpoch\":18446744073709551615,\"space\":126}";

    private static final ByteBuf ACCOUNTS =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(accounts()));

    private Answers() {}

    /// The large answer is many of these, with a last account of its own.
    static ByteBuf someAccounts() {
        return ACCOUNTS.duplicate();
    }

    /// @param node who says it, where that matters
    static ByteBuf of(ByteBufAllocator allocator, String method, String id, ScriptedNode node) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":" + result(method, node) + ",\"id\":" + id + "}";
        return http(allocator, body);
    }

    static ByteBuf http(ByteBufAllocator allocator, String body) {
        var text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        var buffer = allocator.directBuffer(text.length());
        buffer.writeCharSequence(text, US_ASCII);
        return buffer;
    }

    static String firstAccount() {
        return "{\"account\":" + ACCOUNT + ",\"pubkey\":\"11111111111111111111111111111111\"}";
    }

    private static String result(String method, ScriptedNode node) {
        return switch (method) {
            case "getHealth" -> "\"ok\"";
            case "getVersion" -> "{\"feature-set\":1,\"solana-core\":\"3.1.0\"}";
            case "getSlot" -> Long.toString(slot());
            case "getBlockHeight" -> Long.toString(slot() - 1);
            case "getGenesisHash" -> "\"" + HASH + "\"";
            case "getMinimumBalanceForRentExemption" -> "2039280";
            case "getIdentity" -> "{\"identity\":\"" + node.identity() + "\"}";
            case "getLatestBlockhash" ->
                inContext("{\"blockhash\":\"" + HASH + "\",\"lastValidBlockHeight\":" + (slot() + 150) + "}");
            case "getBalance" -> inContext("1");
            default -> inContext(ACCOUNT);
        };
    }

    private static String inContext(String value) {
        return "{\"context\":{\"apiVersion\":\"3.1.0\",\"slot\":" + slot() + "},\"value\":" + value + "}";
    }

    /// Of all nodes alike.
    private static long slot() {
        return System.currentTimeMillis() / SLOT_MILLIS;
    }

    private static byte[] accounts() {
        return (",{\"account\":" + ACCOUNT + ",\"pubkey\":\"So1anaBenchmark1111111111111111111111111111\"}")
                .repeat(128)
                .getBytes(US_ASCII);
    }
}
