/// Every number of the rules, by name and version.
@NullMarked
package io.streamsync.protocol.parameters;

import org.jspecify.annotations.NullMarked;
