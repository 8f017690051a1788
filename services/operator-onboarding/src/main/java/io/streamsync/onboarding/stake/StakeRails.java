package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.portal.Fields;
import java.util.List;
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
        return rails.stream()
                .filter(rail -> rail.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Fields.invalid("rail", "must be one of " + names()));
    }

    private List<String> names() {
        return rails.stream().map(StakeRail::name).toList();
    }
}
