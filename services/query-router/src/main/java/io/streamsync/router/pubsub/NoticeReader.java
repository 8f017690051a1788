package io.streamsync.router.pubsub;

import static io.streamsync.router.pubsub.Notice.NOT_UNDERSTOOD;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Reads of a notification what tells it from others. Its values are skipped, not built.
final class NoticeReader {

    /// FNV-1a. What is hashed is a signature or an address: nobody chooses those freely enough to make two meet.
    private static final long HASH_START = 0xcbf29ce484222325L;

    private static final long HASH_FACTOR = 0x100000001b3L;

    /// The context of a block comes first: what follows it may be megabytes.
    private static final int HEAD = 4 * 1024;

    private final SubscriptionKind kind;
    private final JsonParser json;
    private long slot = NOT_UNDERSTOOD;
    private long parent = NOT_UNDERSTOOD;
    private long identity;
    private boolean hasIdentity;
    private long contextSlot = NOT_UNDERSTOOD;
    private boolean isLast;

    private NoticeReader(SubscriptionKind kind, JsonParser json) {
        this.kind = kind;
        this.json = json;
    }

    static Notice read(SubscriptionKind kind, byte[] message, int from, int to) {
        var end = kind == SubscriptionKind.BLOCK ? Math.min(to, from + HEAD) : to;
        try (var json = NodeMessageReader.JSON.createParser(ObjectReadContext.empty(), message, from, end - from)) {
            var reader = new NoticeReader(kind, json);
            reader.read();
            return reader.notice(message, from, to);
        } catch (JacksonException unreadable) {
            return new Notice(message, from, to, NOT_UNDERSTOOD, NOT_UNDERSTOOD, 0, NOT_UNDERSTOOD, false);
        }
    }

    private Notice notice(byte[] message, int from, int to) {
        var understood = slot >= 0 && (hasIdentity || !kind.hasIdentity());
        return new Notice(message, from, to, understood ? slot : NOT_UNDERSTOOD, parent, identity, contextSlot, isLast);
    }

    private void read() {
        switch (kind) {
            case SLOT -> slotMembers();
            case ROOT -> slot = number(json.nextToken());
            case ACCOUNT, LOGS, PROGRAM, SIGNATURE, BLOCK -> contextAndValue();
            case VOTE, SLOTS_UPDATES -> {}
        }
    }

    private void slotMembers() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (json.currentName()) {
                case "slot" -> slot = number(json.nextToken());
                case "parent" -> parent = number(json.nextToken());
                default -> skip();
            }
        }
    }

    private void contextAndValue() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (json.currentName()) {
                case "context" -> context();
                case "value" -> {
                    if (kind == SubscriptionKind.BLOCK) {
                        return;
                    }
                    value();
                }
                default -> skip();
            }
        }
    }

    private void context() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            if ("slot".equals(json.currentName())) {
                slot = number(json.nextToken());
                contextSlot = slot;
            } else {
                skip();
            }
        }
    }

    private void value() {
        var first = json.nextToken();
        if (kind == SubscriptionKind.SIGNATURE) {
            // that it was received, which may be followed by more, is a string
            isLast = first == JsonToken.START_OBJECT;
            identity = isLast ? 1 : 0;
        }
        var named = kind.identity();
        if (named == null || first != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            if (named.equals(json.currentName()) && json.nextToken() == JsonToken.VALUE_STRING) {
                identity = hash(json.getString());
                hasIdentity = true;
            } else {
                skip();
            }
        }
    }

    private void skip() {
        if (json.currentToken() == JsonToken.PROPERTY_NAME) {
            json.nextToken();
        }
        json.skipChildren();
    }

    private long number(JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return Math.max(NOT_UNDERSTOOD, json.getLongValue());
        }
        json.skipChildren();
        return NOT_UNDERSTOOD;
    }

    private static long hash(String text) {
        var hash = HASH_START;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * HASH_FACTOR;
        }
        return hash;
    }
}
