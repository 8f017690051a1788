/// Tests of settlements.
@org.jspecify.annotations.NullMarked
package io.streamsync.billing.settlement;
