package io.streamsync.problems;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request that is refused: thrown where it is found out, rendered once at the edge.
public class Refusal extends RuntimeException {

    private final ProblemCode code;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient List<FieldError> errors = new ArrayList<>();

    /// @param detail for a person: what is wrong, and what to do
    public Refusal(ProblemCode code, String detail) {
        super(detail, null, false, false); // an answer, not an accident: no stack to keep
        this.code = code;
    }

    /// Adds a member that a program may act on.
    public Refusal with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /// Names a field of the request that is wrong.
    public Refusal field(String field, String detail) {
        errors.add(new FieldError(field, detail));
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public Map<String, Object> members() {
        return Map.copyOf(members);
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /// One field of the request, and what is wrong with it.
    public record FieldError(String field, String detail) {}
}
