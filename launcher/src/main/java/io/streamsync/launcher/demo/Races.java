package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Why a race went as it did, from `GET /v1/races/{id}`.
record Races(Api api) {

    /// The verification window, a second until the explanation is there, and patience with a busy machine.
    private static final Awaiting VERDICTS = new Awaiting(Duration.ofSeconds(15));

    /// The explanation once its verdicts are in.
    JsonNode explained(String raceId) {
        var answer = VERDICTS.until(() -> api.answer("GET", "/v1/races/" + raceId, ""), seen -> !isPending(seen));
        if (isPending(answer)) {
            throw new Obstacle("race " + raceId + " is not explained after "
                    + VERDICTS.limit().toSeconds() + " s");
        }
        return answer.expected();
    }

    private static boolean isPending(ApiAnswer answer) {
        return answer.isRefusal("NOT_FOUND")
                || answer.body().path("status").asString("").equals("PENDING");
    }
}
