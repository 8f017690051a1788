/// The checks, one rule each. In: what is published of an epoch and of the window before it. Out: findings.
@NullMarked
package io.streamsync.verifier.check;

import org.jspecify.annotations.NullMarked;
