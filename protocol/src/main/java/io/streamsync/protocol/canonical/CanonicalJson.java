package io.streamsync.protocol.canonical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;

/// The RFC 8785 form of a value: the same bytes on every machine, whatever the order in which it was built.
public final class CanonicalJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CanonicalJson() {}

    /// @param value of maps, lists, strings, booleans and integers up to 2^53; larger numbers belong into strings
    public static byte[] of(Map<String, ?> value) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(value)).getEncodedUTF8();
        } catch (IOException impossible) {
            throw new UncheckedIOException("written just now", impossible);
        }
    }
}
