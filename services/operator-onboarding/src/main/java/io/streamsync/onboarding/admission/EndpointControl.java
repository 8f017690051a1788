package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import io.streamsync.onboarding.node.Node;
import org.springframework.stereotype.Component;

/// Whoever runs the endpoint says at its origin whose it is: nobody lists another's machine.
@Component
class EndpointControl {

    private static final String PATH = "/.well-known/streamsync";

    private final NodeClient client;

    EndpointControl(NodeClient client) {
        this.client = client;
    }

    Finding of(Node node) {
        var where = node.reach().origin() + PATH;
        var remedy = "Serve {\"operatorId\":\"" + node.operatorId() + "\"} at " + where
                + ", with status 200; a reverse proxy may do it.";
        return switch (client.get(node.reach(), PATH)) {
            case NodeReply.Failure(var reason) -> new Finding.Failed(where + ": " + reason + ".", remedy);
            case NodeReply.Result said ->
                node.operatorId().value().equals(said.value().path("operatorId").asString(""))
                        ? new Finding.Passed(where + " names this operator.")
                        : new Finding.Failed(where + " does not name this operator.", remedy);
        };
    }
}
