/// What probers tell, whoever they are: reputation and routers.
@NullMarked
package io.streamsync.events.probe;

import org.jspecify.annotations.NullMarked;
