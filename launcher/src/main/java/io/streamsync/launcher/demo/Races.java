package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.Pause;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Why a race went as it did, from `GET /v1/races/{id}`.
record Races(Api api) {

    /// The verification window, a second until the explanation is there, and patience with a busy machine.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(200);

    /// The explanation once its verdicts are in.
    JsonNode explained(String raceId) {
        var started = System.nanoTime();
        while (true) {
            var answer = api.answer("GET", "/v1/races/" + raceId, "");
            var late = System.nanoTime() - started > LIMIT.toNanos();
            var notYet = answer.isRefusal("NOT_FOUND")
                    || answer.body().path("status").asString("").equals("PENDING");
            if (!notYet) {
                return answer.expected();
            }
            if (late) {
                throw new Obstacle("race " + raceId + " is not explained after " + LIMIT.toSeconds() + " s");
            }
            Pause.sleep(POLL);
        }
    }
}
