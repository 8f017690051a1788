package io.streamsync.billing.rail;

import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The rails of this installation by which money can leave.
@Component
public class TransferRails {

    private final List<TransferRail> rails;

    @Autowired
    TransferRails(ObjectProvider<TransferRail> rails) {
        this(rails.orderedStream().toList());
    }

    public TransferRails(List<TransferRail> rails) {
        this.rails = List.copyOf(rails);
    }

    public List<String> names() {
        return rails.stream().map(TransferRail::name).toList();
    }

    Optional<TransferRail> named(String name) {
        return rails.stream().filter(rail -> rail.name().equals(name)).findFirst();
    }
}
