/// The numbers of the rules: the version in force, and every version that a record may name.
@NullMarked
package io.streamsync.billing.parameters;

import org.jspecify.annotations.NullMarked;
