package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Headers to their bytes, hashes and signatures.
final class SettlementHeaders implements GoldenFile {

    private static final HexFormat HEX = HexFormat.of();

    /// The keys of RFC 8032, test 1.
    private static final String PRIVATE_KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static final SettlementHeader FIRST = new SettlementHeader(
            5_984_500,
            1_795_350_000_000L,
            1_795_350_300_000L,
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            SettlementHeader.NO_PREVIOUS,
            PUBLIC_KEY,
            Sums.NOTHING,
            0,
            List.of("1"),
            List.of());

    private static final SettlementHeader SECOND = new SettlementHeader(
            5_984_501,
            1_795_350_300_000L,
            1_795_350_600_000L,
            107,
            "0f".repeat(32),
            FIRST.hash(),
            PUBLIC_KEY,
            new Sums(400_000, 4_000, 258_000, -100, 39_600, 79_200, 19_300),
            39_600,
            List.of("1+0a1b2c3d", "1"),
            List.of(new StreamRange(1, 7, 0, 100), new StreamRange(2, 1, 1_099_511_627_776L, 1_099_511_627_783L)));

    private static final StakeShares SHARES = StakeShares.of(
            39_700, Map.of(new OperatorId("op-a"), 30_000_000_000_000L, new OperatorId("op-b"), 10_000_000_000_001L));

    private static final SettlementHeader THIRD = new SettlementHeader(
            5_984_502,
            1_795_350_600_000L,
            1_795_350_900_000L,
            10,
            "a5".repeat(32),
            SECOND.hash(),
            PUBLIC_KEY,
            new Sums(397_000, 0, 198_500, 79_400, 39_700, 79_400, 0),
            SHARES.sum(),
            List.of("1"),
            List.of(new StreamRange(1, 7, 100, 110)),
            new SharedOut(39_700 - SHARES.sum(), SHARES.root()));

    @Override
    public String name() {
        return "settlement-headers.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of(
                object("privateKey", PRIVATE_KEY, "header", FIRST),
                object("privateKey", PRIVATE_KEY, "header", SECOND),
                object("privateKey", PRIVATE_KEY, "header", THIRD, "stakes", SHARES));
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var header = GoldenJson.JSON.convertValue(input.required("header"), SettlementHeader.class);
        var expected = object(
                "bytes", HEX.formatHex(header.canonical()),
                "hash", header.hash(),
                "signature",
                        HEX.formatHex(
                                header.sign(key(input.required("privateKey").stringValue()))));
        if (input.has("stakes")) {
            var stakes = GoldenJson.JSON.convertValue(input.required("stakes"), StakeShares.class);
            expected.put("stakes", HEX.formatHex(stakes.canonical()));
            expected.put("stakesRoot", stakes.root());
        }
        return expected;
    }

    private static PrivateKey key(String bytes) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(HEX.parseHex("302e020100300506032b657004220420" + bytes)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
