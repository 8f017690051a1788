package io.streamsync.router.rest;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The REST queries with the methods that they ask (public interfaces, REST).
public enum Resource {
    ACCOUNT("accounts", "", "getAccountInfo"),
    BALANCE("accounts", "balance", "getBalance"),
    TOKENS("accounts", "tokens", "getTokenAccountsByOwner"),
    SIGNATURES("accounts", "transactions", "getSignaturesForAddress"),
    TRANSACTION("transactions", "", "getTransaction"),
    BLOCK("blocks", "", "getBlock"),
    COMPRESSED_ACCOUNT("compressed-accounts", "", "getCompressedAccount");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SPL_TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final String ENCODING = "encoding";
    /// Without it nodes refuse what holds a versioned transaction, which is most of today's.
    private static final String VERSIONS = "maxSupportedTransactionVersion";

    private final String collection;
    private final String aspect;
    private final String method;

    Resource(String collection, String aspect, String method) {
        this.collection = collection;
        this.aspect = aspect;
        this.method = method;
    }

    static @Nullable Resource of(String collection, String aspect) {
        for (var resource : values()) {
            if (resource.collection.equals(collection) && resource.aspect.equals(aspect)) {
                return resource;
            }
        }
        return null;
    }

    /// The method that is asked.
    public String method() {
        return method;
    }

    /// @throws InvalidPartException naming what is wrong
    byte[] call(String subject, Config config) {
        var call = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        return JSON.writeValueAsBytes(call.set("params", params(subject, config)));
    }

    private JsonNode params(String subject, Config config) {
        return switch (this) {
            case ACCOUNT -> ofAddress(subject, config.withDefault(ENCODING, "base64"));
            case BALANCE, SIGNATURES -> ofAddress(subject, config);
            case TOKENS -> tokens(subject, config);
            case TRANSACTION -> transaction(subject, config);
            case BLOCK -> block(subject, config);
            case COMPRESSED_ACCOUNT -> compressedAccount(subject, config);
        };
    }

    private static JsonNode ofAddress(String address, Config config) {
        return list(JSON.valueToTree(Subject.address("address", address)), config);
    }

    private static JsonNode tokens(String owner, Config config) {
        var program = config.take("program");
        var filter = JSON.createObjectNode()
                .put("programId", program == null ? SPL_TOKEN : Subject.address("program", program));
        return JSON.createArrayNode()
                .add(Subject.address("address", owner))
                .add(filter)
                .add(config.withDefault(ENCODING, "jsonParsed").object());
    }

    private static JsonNode transaction(String signature, Config config) {
        return list(JSON.valueToTree(Subject.signature("signature", signature)), config.withDefault(VERSIONS, "0"));
    }

    private static JsonNode block(String slot, Config config) {
        return list(JsonNodeFactory.instance.numberNode(Subject.slot("slot", slot)), config.withDefault(VERSIONS, "0"));
    }

    /// Compressed accounts are asked by a named parameter. A derived address begins with a zero byte, so that it fits
    /// the field of the proofs; hardly any hash does. `by` says it where the guess is wrong.
    private static JsonNode compressedAccount(String hashOrAddress, Config config) {
        var subject = Subject.address("hashOrAddress", hashOrAddress);
        var by = config.take("by");
        if (by == null) {
            by = subject.startsWith("1") ? "address" : "hash";
        } else if (!"address".equals(by) && !"hash".equals(by)) {
            throw new InvalidPartException("by", "address or hash");
        }
        return config.addTo(JSON.createObjectNode().put(by, subject));
    }

    private static JsonNode list(JsonNode subject, Config config) {
        var params = JSON.createArrayNode().add(subject);
        ObjectNode members = config.object();
        return members.isEmpty() ? params : params.add(members);
    }
}
