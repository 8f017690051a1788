/// How the journal gets to billing. In: the journal, this incarnation's and earlier ones'. Out: frames on
/// Kafka, gapless and in order, sent again when billing has not got them; how far billing has got.
@NullMarked
package io.streamsync.router.publication;

import org.jspecify.annotations.NullMarked;
