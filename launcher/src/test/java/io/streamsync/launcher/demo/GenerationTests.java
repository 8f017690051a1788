package io.streamsync.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTests {

    private final DevnetPlan plan = DevnetPlan.read(Path.of("..", "devnet"));
    private Installation installation = new Installation(Path.of("target"));

    @BeforeEach
    void useAFreshHome(@TempDir Path home) throws IOException {
        installation = new Installation(home);
        Files.createDirectories(installation.devnet());
    }

    @Test
    void theFirstHasTheWalletsOfThePlan() {
        var operator = plan.operators().getFirst();

        assertThat(Generation.last(installation).wallet(operator).address())
                .isEqualTo(Wallet.ofSeed(operator.walletSeed()).address());
    }

    @Test
    void everyOtherHasWalletsThatNobodyHadBefore() {
        var first = Generation.last(installation);

        var addresses = plan.operators().stream()
                .flatMap(operator -> Stream.of(first, first.next(), first.next().next())
                        .map(generation -> generation.wallet(operator).address()));

        assertThat(addresses)
                .doesNotHaveDuplicates()
                .hasSize(3 * plan.operators().size());
    }

    @Test
    void isRememberedByTheInstallation() {
        var second = Generation.last(installation).next();

        second.remember(installation);

        assertThat(Generation.last(installation)).isEqualTo(second);
    }
}
