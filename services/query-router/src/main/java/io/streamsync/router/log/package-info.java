/// What the people who run the router must see. In: facts from every package. Out: log lines, none of them per query.
@NullMarked
package io.streamsync.router.log;

import org.jspecify.annotations.NullMarked;
