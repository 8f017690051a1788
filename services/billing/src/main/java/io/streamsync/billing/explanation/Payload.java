package io.streamsync.billing.explanation;

import tools.jackson.databind.JsonNode;

/// What only the customer who asked may see of a race, as the router kept it.
///
/// @param request the customer's call
/// @param answers of all places, each with its node and operator
record Payload(JsonNode request, JsonNode answers) {}
