package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.router.tip.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// How far its answer has let a customer see the chain: the state of its context, and a transaction in a block of it.
/// Whoever was shown a transaction as confirmed must find its effects in whatever is read as confirmed next.
final class Witnessed {

    private static final JsonFactory JSON = new JsonFactory();

    /// Longer ones are not read again for this: they are about other things than the customer's latest write.
    private static final int LONGEST = 64 * 1024;

    private final Session session;
    private final Reach reach;
    private final long now;

    Witnessed(Session session, Reach reach, long now) {
        this.session = session;
        this.reach = reach;
        this.now = now;
    }

    /// @param told of the answer's own slot; null when it tells none
    void answer(String method, @Nullable Commitment told, NodeAnswer answer) {
        if (told == null) {
            return;
        }
        if (answer.slot().isPresent()) {
            session.saw(told, answer.slot().getAsLong(), reach, now);
        }
        if (answer.kind() == NodeAnswer.Kind.RESULT && answer.to() - answer.from() <= LONGEST) {
            transactions(method, told, answer);
        }
    }

    private void transactions(String method, Commitment told, NodeAnswer answer) {
        switch (method) {
            case "getSignatureStatuses", "getTransaction", "getSignaturesForAddress" -> {
                var length = answer.to() - answer.from();
                try (var parser = JSON.createParser(ObjectReadContext.empty(), answer.body(), answer.from(), length)) {
                    transactions(parser, told);
                } catch (JacksonException neverReadBefore) {
                    // what cannot be read shows nothing
                }
            }
            default -> {}
        }
    }

    /// Every object that has a slot: the transaction itself, or each of a list. One that names its own status is known
    /// by that; the context, whose slot is the answer's, has been seen to.
    private void transactions(JsonParser parser, Commitment told) {
        var slot = -1L;
        var status = Optional.of(told);
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    slot = -1;
                    status = Optional.of(told);
                }
                case END_OBJECT -> {
                    if (slot >= 0 && status.isPresent()) {
                        session.saw(status.get(), slot, reach, now);
                    }
                    slot = -1;
                }
                case PROPERTY_NAME -> {
                    var name = parser.currentName();
                    var value = parser.nextToken();
                    if (name.equals("slot") && value == JsonToken.VALUE_NUMBER_INT) {
                        slot = parser.getLongValue();
                    } else if (name.equals("confirmationStatus") && value == JsonToken.VALUE_STRING) {
                        status = Commitment.ofWireName(parser.getString());
                    } else if (!name.equals("value")) {
                        parser.skipChildren();
                    }
                }
                default -> {}
            }
        }
    }
}
