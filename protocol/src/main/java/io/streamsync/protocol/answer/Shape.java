package io.streamsync.protocol.answer;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What a result looks like from outside, as far as one pass over its first level tells: a row of `shapes.csv`.
///
/// @param plain what it may be
/// @param value what its value may be, where it comes with a context; empty where it comes without
record Shape(Set<Form> plain, Set<Form> value) {

    private static final String UNDER_CONTEXT = "context/";
    private static final Set<Form> EVERYTHING = Collections.unmodifiableSet(EnumSet.allOf(Form.class));

    /// Of a method of which nothing is known.
    static final Shape ANY = new Shape(EVERYTHING, Set.of());

    /// 32 bytes in base58, all zeros or not.
    private static final int SHORTEST_HASH = 32;

    private static final int LONGEST_HASH = 44;

    /// 64 bytes.
    private static final int SHORTEST_SIGNATURE = 64;

    private static final int LONGEST_SIGNATURE = 88;

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    enum Form {
        NULL,
        NUMBER,
        INTEGER,
        TEXT,
        HASH,
        SIGNATURE,
        FLAG,
        LIST,
        OBJECT
    }

    /// @param text alternatives such as `list|context/list`
    static Shape of(String text) {
        if (text.equals("any")) {
            return ANY;
        }
        var plain = EnumSet.noneOf(Form.class);
        var value = EnumSet.noneOf(Form.class);
        for (var form : text.split("\\|", -1)) {
            if (form.startsWith(UNDER_CONTEXT)) {
                add(form.substring(UNDER_CONTEXT.length()), value);
            } else {
                add(form, plain);
            }
        }
        return new Shape(Collections.unmodifiableSet(plain), Collections.unmodifiableSet(value));
    }

    /// The value on which the parser stands.
    static boolean isOneOf(Set<Form> forms, JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> forms.contains(Form.NULL);
            case VALUE_TRUE, VALUE_FALSE -> forms.contains(Form.FLAG);
            case START_ARRAY -> forms.contains(Form.LIST);
            case START_OBJECT -> forms.contains(Form.OBJECT);
            case VALUE_NUMBER_INT ->
                forms.contains(Form.INTEGER) || (forms.contains(Form.NUMBER) && isFromZeroOn(parser));
            case VALUE_NUMBER_FLOAT -> forms.equals(EVERYTHING);
            case VALUE_STRING -> isText(forms, parser);
            default -> false;
        };
    }

    private static void add(String form, Set<Form> to) {
        var optional = form.endsWith("?");
        if (optional) {
            to.add(Form.NULL);
        }
        to.add(Form.valueOf((optional ? form.substring(0, form.length() - 1) : form).toUpperCase(Locale.ROOT)));
    }

    private static boolean isFromZeroOn(JsonParser parser) {
        return parser.getString().charAt(0) != '-';
    }

    private static boolean isText(Set<Form> forms, JsonParser parser) {
        return forms.contains(Form.TEXT)
                || (forms.contains(Form.HASH) && isBase58(parser, SHORTEST_HASH, LONGEST_HASH))
                || (forms.contains(Form.SIGNATURE) && isBase58(parser, SHORTEST_SIGNATURE, LONGEST_SIGNATURE));
    }

    private static boolean isBase58(JsonParser parser, int shortest, int longest) {
        var text = parser.getString();
        return text.length() >= shortest
                && text.length() <= longest
                && text.chars().allMatch(letter -> BASE58.indexOf(letter) >= 0);
    }
}
