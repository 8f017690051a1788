package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.Http;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.settlement.InclusionProof;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.Sums;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/// Checks settlements with what is published alone.
@TestComponent
public class Auditor {

    private final Http http;
    private final Environment environment;
    private final Proofs proofs;

    Auditor(Http http, Environment environment, Proofs proofs) {
        this.http = http;
        this.environment = environment;
        this.proofs = proofs;
    }

    /// Header, signature, leaves, their places, root and sums.
    void check(Settlement settlement) {
        var view = http.get("/v1/settlements/" + settlement.header().epoch()).json();
        var header = SettlementHeader.parse(base64(view, "header"));
        var leaves = leaves(header.epoch());
        var hashes = leaves.stream().map(Leaf::hash).toList();

        assertThat(header).isEqualTo(settlement.header());
        assertThat(header.hash()).isEqualTo(view.path("hash").asString());
        assertThat(header.isSigned(base64(view, "signature"))).isTrue();
        assertThat(HexFormat.of().formatHex(base64(view, "publicKey"))).isEqualTo(header.publicKey());
        assertThat(leaves).hasSize((int) header.leafCount());
        assertThat(HexFormat.of().formatHex(MerkleTree.root(hashes)))
                .isEqualTo(header.root())
                .isEqualTo(view.path("root").asString());
        assertThat(header.sums()).isEqualTo(Sums.of(leaves, _ -> Parameters.defaults()));
        assertThat(header.sums().balanced()).isTrue();
        var index = 0;
        for (var range : header.ranges()) {
            for (var position = range.from(); position < range.to(); position++) {
                var leaf = leaves.get(index++);
                assertThat(leaf.router()).isEqualTo(range.router());
                assertThat(leaf.incarnation()).isEqualTo(range.incarnation());
                assertThat(leaf.position()).isEqualTo(position);
            }
        }
    }

    /// The proof of a race as it is handed out.
    JsonNode prove(Settlement settlement, String raceId) {
        var proof = http.get("/v1/settlements/" + settlement.header().epoch() + "/proofs/" + raceId)
                .json();
        var leafHash = MerkleTree.leafHash(base64(proof, "leafBytes"));
        var path = new ArrayList<byte[]>();
        proof.path("path").forEach(hash -> path.add(HexFormat.of().parseHex(hash.asString())));

        assertThat(proof.path("root").asString()).isEqualTo(settlement.header().root());
        assertThat(proof.path("leafHash").asString()).isEqualTo(HexFormat.of().formatHex(leafHash));
        assertThat(new InclusionProof(
                                proof.path("index").asLong(),
                                proof.path("leafCount").asLong(),
                                path)
                        .leadsTo(root(settlement), leafHash))
                .isTrue();
        return proof;
    }

    void proveLeaf(Settlement settlement, long index) {
        var proof = proofs.find(settlement, index).orElseThrow();

        assertThat(proof.path().index()).isEqualTo(index);
        assertThat(proof.path().leadsTo(root(settlement), proof.leaf().hash()))
                .as("leaf %d", index)
                .isTrue();
    }

    private static byte[] root(Settlement settlement) {
        return HexFormat.of().parseHex(settlement.header().root());
    }

    private static byte[] base64(JsonNode view, String field) {
        return Base64.getDecoder().decode(view.path(field).asString());
    }

    /// In two parts, as a large window is read.
    private List<Leaf> leaves(long epoch) {
        var leaves = new ArrayList<>(Leaf.decodeAll(read(epoch, "limit=3")));
        leaves.addAll(Leaf.decodeAll(read(epoch, "limit=10000&from=" + leaves.size())));
        return leaves;
    }

    private byte[] read(long epoch, String query) {
        var url = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + "/v1/settlements/"
                + epoch + "/leaves?" + query;
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
