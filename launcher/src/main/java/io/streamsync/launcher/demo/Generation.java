package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.protocol.canonical.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The demo's operators are new to the market every time, with wallets of their own: what an earlier story did to
/// their names is not forgotten by anybody, and would be the end of this one.
///
/// @param number of the demo in this installation, counted from 0
record Generation(int number) {

    static Generation last(Installation installation) {
        try {
            var file = file(installation);
            return new Generation(
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException nobodysWriting) {
            return new Generation(0);
        }
    }

    Generation next() {
        return new Generation(number + 1);
    }

    void remember(Installation installation) {
        try {
            Files.writeString(file(installation), Integer.toString(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first generation has the seeds of the plan.
    Wallet wallet(DevnetPlan.Operator operator) {
        return Wallet.ofSeed(
                number == 0
                        ? operator.walletSeed()
                        : Sha256.hex((operator.walletSeed() + "/" + number).getBytes(StandardCharsets.UTF_8)));
    }

    private static Path file(Installation installation) {
        return installation.devnet().resolve("generation");
    }
}
