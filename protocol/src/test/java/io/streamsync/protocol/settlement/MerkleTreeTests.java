package io.streamsync.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.canonical.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTreeTests {

    private static final HexFormat HEX = HexFormat.of();

    /// Leaves and roots that implementations of RFC 9162 and 6962 test themselves with.
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsThatOthersGet() {
        for (var count = 0; count < ROOTS.size(); count++) {
            assertThat(HEX.formatHex(MerkleTree.root(published(count)))).isEqualTo(ROOTS.get(count));
        }
    }

    @Test
    void hasThePathsThatOthersGet() {
        assertThat(MerkleTree.path(published(8), 5).stream().map(HEX::formatHex))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(MerkleTree.path(published(3), 2).stream().map(HEX::formatHex))
                .containsExactly(ROOTS.get(2));
    }

    @Test
    void provesEveryLeafOfTreesOfEverySize() {
        for (var count = 1; count <= 70; count++) {
            var leaves = random(count);
            var root = MerkleTree.root(leaves);
            for (var index = 0; index < count; index++) {
                var proof = new InclusionProof(index, count, MerkleTree.path(leaves, index));

                assertThat(proof.leadsTo(root, leaves.get(index)))
                        .as("%d of %d", index, count)
                        .isTrue();
            }
        }
    }

    @Test
    void provesNothingElse() {
        for (var count = 1; count <= 40; count++) {
            var leaves = random(count);
            var root = MerkleTree.root(leaves);
            for (var index = 0; index < count; index++) {
                var path = MerkleTree.path(leaves, index);
                var leaf = leaves.get(index);

                for (var other = 0; other < count + 2; other++) {
                    assertThat(new InclusionProof(other, count, path).leadsTo(root, leaf))
                            .as("%d as %d of %d", index, other, count)
                            .isEqualTo(other == index);
                }
                assertThat(new InclusionProof(-1, count, path).leadsTo(root, leaf))
                        .isFalse();
                assertThat(new InclusionProof(index, count, added(path)).leadsTo(root, leaf))
                        .isFalse();
                if (!path.isEmpty()) {
                    var cut = path.subList(0, path.size() - 1);
                    assertThat(new InclusionProof(index, count, cut).leadsTo(root, leaf))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void failsWithAnyBitFlipped() {
        var leaves = random(21);
        var root = MerkleTree.root(leaves);
        var path = MerkleTree.path(leaves, 13);
        for (var bit = 0; bit < 8 * Sha256.LENGTH; bit++) {
            assertThat(new InclusionProof(13, 21, path).leadsTo(flipped(root, bit), leaves.get(13)))
                    .isFalse();
            assertThat(new InclusionProof(13, 21, path).leadsTo(root, flipped(leaves.get(13), bit)))
                    .isFalse();
            for (var step = 0; step < path.size(); step++) {
                var damaged = new ArrayList<>(path);
                damaged.set(step, flipped(path.get(step), bit));
                assertThat(new InclusionProof(13, 21, damaged).leadsTo(root, leaves.get(13)))
                        .isFalse();
            }
        }
    }

    /// How large trees are kept: blocks of 2^n leaves, and a tree over the blocks' roots.
    @Test
    void joinsRootsAndPathsOfSubtrees() {
        for (var count : new int[] {1, 7, 8, 9, 16, 17, 63, 64, 65, 100}) {
            var leaves = random(count);
            var blocks = new ArrayList<List<byte[]>>();
            for (var from = 0; from < count; from += 8) {
                blocks.add(leaves.subList(from, Math.min(from + 8, count)));
            }
            var roots = blocks.stream().map(MerkleTree::root).toList();

            assertThat(MerkleTree.root(roots)).isEqualTo(MerkleTree.root(leaves));
            for (var index = 0; index < count; index++) {
                var joined = new ArrayList<>(MerkleTree.path(blocks.get(index / 8), index % 8));
                joined.addAll(MerkleTree.path(roots, index / 8));
                assertThat(joined).containsExactlyElementsOf(MerkleTree.path(leaves, index));
            }
        }
    }

    @Test
    void growsLeafByLeaf() {
        var leaves = random(50);
        var growing = new GrowingTree();
        for (var count = 0; count < leaves.size(); count++) {
            assertThat(growing.root()).isEqualTo(MerkleTree.root(leaves.subList(0, count)));
            assertThat(growing.count()).isEqualTo(count);
            growing.add(leaves.get(count));
        }
    }

    @Test
    void hashesALeafOtherwiseThanANode() {
        var both = new byte[2 * Sha256.LENGTH];

        assertThat(MerkleTree.leafHash(both))
                .isNotEqualTo(MerkleTree.nodeHash(new byte[Sha256.LENGTH], new byte[Sha256.LENGTH]));
    }

    @Test
    void refusesLeavesThatAreNotThere() {
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.path(List.of(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.path(random(3), 3));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.path(random(3), -1));
    }

    private static List<byte[]> published(int count) {
        return LEAVES.subList(0, count).stream()
                .map(HEX::parseHex)
                .map(MerkleTree::leafHash)
                .toList();
    }

    private static List<byte[]> random(int count) {
        var random = new Random(count);
        var hashes = new ArrayList<byte[]>();
        for (var index = 0; index < count; index++) {
            var hash = new byte[Sha256.LENGTH];
            random.nextBytes(hash);
            hashes.add(hash);
        }
        return hashes;
    }

    private static List<byte[]> added(List<byte[]> path) {
        var longer = new ArrayList<>(path);
        longer.add(new byte[Sha256.LENGTH]);
        return longer;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var damaged = Arrays.copyOf(bytes, bytes.length);
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }
}
