package io.streamsync.router.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.router.jsonrpc.Base58;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/// Transactions for tests: a signature that a seed can think of, and something signed.
public final class Transactions {

    private Transactions() {}

    public static byte[] bytes(long seed) {
        var bytes = new byte[200];
        new Random(seed).nextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    /// With the system program's AdvanceNonceAccount as its one instruction.
    static byte[] spendingNonce(long seed) {
        return spendingNonce(seed, "", 0, "04000000");
    }

    /// One signature, two keys of which the first is the system program's, one instruction with one account.
    static byte[] spendingNonce(long seed, String version, int program, String data) {
        var message = version + "010001" + "02" + "00".repeat(32) + "ab".repeat(32) + "cd".repeat(32) + "01"
                + HexFormat.of().toHexDigits((byte) program) + "0101"
                + HexFormat.of().toHexDigits((byte) (data.length() / 2)) + data;
        var signature = HexFormat.of().formatHex(bytes(seed), 1, 65);
        return HexFormat.of().parseHex("01" + signature + message);
    }

    public static String signature(long seed) {
        return Base58.encode(bytes(seed), 1, 64);
    }

    /// Of the transaction that a node is asked to take.
    public static String signatureIn(String request) {
        var params = JsonMapper.shared().readTree(request).path("params").toString();
        return read(params).signature();
    }

    /// The params of a sendTransaction.
    ///
    /// @param config beside the encoding, such as `,"maxRetries":0`
    public static String base64(long seed, String config) {
        return base64(bytes(seed), config);
    }

    static String base64(byte[] bytes, String config) {
        return "[\"" + Base64.getEncoder().encodeToString(bytes) + "\",{\"encoding\":\"base64\"" + config + "}]";
    }

    public static String base58(long seed) {
        var bytes = bytes(seed);
        return "[\"" + Base58.encode(bytes, 0, bytes.length) + "\",{\"maxRetries\":0}]";
    }

    static Transaction read(String params) {
        var bytes = params.getBytes(UTF_8);
        return Transaction.read(bytes, 0, bytes.length).orElseThrow();
    }
}
