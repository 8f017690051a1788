package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The rails of this installation.
@Component
class StakeRails {

    private final List<StakeRail> rails;

    StakeRails(ObjectProvider<StakeRail> rails) {
        this.rails = rails.orderedStream().toList();
    }

    StakeRail named(String name) {
        return find(name).orElseThrow(() -> Fields.invalid("rail", "must be one of " + names()));
    }

    /// A rail by which stake came in once; the installation may have closed it since.
    StakeRail open(String name) {
        return find(name)
                .orElseThrow(() -> new Refusal(
                        ProblemCode.UNAVAILABLE,
                        "The rail " + name + " is closed at present, and stake leaves by the"
                                + " rail it came in by. Nothing is lost: try again when it is open."));
    }

    private Optional<StakeRail> find(String name) {
        return rails.stream().filter(rail -> rail.name().equals(name)).findFirst();
    }

    private List<String> names() {
        return rails.stream().map(StakeRail::name).toList();
    }
}
