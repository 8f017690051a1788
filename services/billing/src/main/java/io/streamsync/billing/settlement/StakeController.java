package io.streamsync.billing.settlement;

import io.streamsync.billing.paging.Page;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.settlement.StakeShare;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who got which part of a window's stakers' share, and by which stake.
@RestController
class StakeController {

    private final SealedWindows windows;
    private final SettledStakes stakes;

    StakeController(SealedWindows windows, SettledStakes stakes) {
        this.windows = windows;
        this.stakes = stakes;
    }

    /// By operator, in the order of the leaves of `stakesRoot`.
    @GetMapping("/v1/settlements/{epoch}/stakes")
    ResponseEntity<Page<StakeView>> stakes(
            @PathVariable String epoch,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        var after = Page.text(cursor);
        var settled = windows.sealed(epoch);
        var shares = stakes.find(settled.place())
                .orElseThrow(() -> new Refusal(
                        ProblemCode.NOT_FOUND, "This window was sealed before the stakes of windows were published."));
        var found = shares.all().stream()
                .filter(share -> share.operatorId().value().compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        return ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(1)).cachePublic().immutable())
                .body(Page.of(found, size, share -> share.operatorId().value(), StakeView::of));
    }

    /// @param bonded at the window's end, STRM
    /// @param share USDC
    record StakeView(String operatorId, String bonded, String share) {

        static StakeView of(StakeShare share) {
            return new StakeView(
                    share.operatorId().value(), Amount.decimal(share.bonded()), Amount.decimal(share.share()));
        }
    }
}
