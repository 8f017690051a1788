package io.streamsync.launcher.demo;

import java.util.List;

/// Who takes part, so that the story can call operators by their names.
record Cast(List<Enrolled> operators) {

    String name(String operatorId) {
        return operators.stream()
                .filter(operator -> operator.operatorId().equals(operatorId))
                .map(Enrolled::name)
                .findAny()
                .orElse(operatorId);
    }
}
