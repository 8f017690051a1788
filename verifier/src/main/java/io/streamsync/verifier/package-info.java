/// Whether an epoch went by the rules, told from what is published of it alone. In: settlements, leaves, secrets,
/// snapshots, parameters. Out: what was checked, and what does not fit.
@NullMarked
package io.streamsync.verifier;

import org.jspecify.annotations.NullMarked;
