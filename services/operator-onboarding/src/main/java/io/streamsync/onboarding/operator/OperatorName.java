package io.streamsync.onboarding.operator;

/// The name that an operator is shown by: what it looks like is what it is.
record OperatorName(String value) {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 40;

    /// @throws IllegalArgumentException with a sentence for the reader
    OperatorName {
        int length = value.codePointCount(0, value.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "A name has " + SHORTEST + " to " + LONGEST + " characters, this one has " + length + ".");
        }
        if (!value.codePoints().allMatch(OperatorName::isPrintable)) {
            throw new IllegalArgumentException(
                    "A name has printable characters and single spaces only: no control, format or direction marks.");
        }
        if (!value.equals(value.strip()) || value.contains("  ")) {
            throw new IllegalArgumentException("A name neither starts nor ends with a space, nor has two in a row.");
        }
        if (value.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("A name has at least one letter or digit.");
        }
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
