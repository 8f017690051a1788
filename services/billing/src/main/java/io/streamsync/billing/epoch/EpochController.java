package io.streamsync.billing.epoch;

import io.streamsync.billing.paging.Page;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Epochs, for whoever replays draws.
@RestController
@RequestMapping("/v1/epochs")
class EpochController {

    private final Epochs epochs;

    EpochController(Epochs epochs) {
        this.epochs = epochs;
    }

    /// From the current one on, newest first. Those to come, which routers have committed to, have a page each.
    @GetMapping
    Page<EpochView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        return Page.of(
                epochs.list(Page.position(cursor, epochs.current() + 1), size + 1),
                size,
                epoch -> Long.toString(epoch.epoch()),
                epoch -> epoch);
    }

    @GetMapping("/{number}")
    EpochView epoch(@PathVariable String number) {
        return (number.matches("\\d{1,15}") ? epochs.find(Long.parseLong(number)) : Optional.<EpochView>empty())
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "No router has committed to such an epoch."));
    }
}
