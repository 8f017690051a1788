package io.streamsync.billing.paging;

import java.util.regex.Pattern;

/// A list as a file, in the form of RFC 4180. Programs that show such files take some texts for formulas: these get an
/// apostrophe in front, which such programs do not show. Numbers stay as they are.
public final class CsvFile {

    public static final String CONTENT_TYPE = "text/csv;charset=UTF-8";

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern FORMULA = Pattern.compile("[=+@\\-\\t\\r].*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("[,\"\\r\\n]");

    private final StringBuilder text = new StringBuilder();

    /// @param names of the columns
    public CsvFile(String... names) {
        line(names);
    }

    public void line(String... fields) {
        for (var index = 0; index < fields.length; index++) {
            if (index > 0) {
                text.append(',');
            }
            text.append(field(fields[index]));
        }
        text.append("\r\n");
    }

    private static String field(String value) {
        var shown = FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches() ? "'" + value : value;
        return QUOTED.matcher(shown).find() ? "\"" + shown.replace("\"", "\"\"") + "\"" : shown;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
