/// Tests of what the package promises, on the started service.
@org.jspecify.annotations.NullMarked
package io.streamsync.billing.epoch;
