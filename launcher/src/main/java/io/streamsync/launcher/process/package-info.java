/// Child processes that outlive nobody unnoticed: started with a file that names them, found again by it, stopped in
/// order.
@NullMarked
package io.streamsync.launcher.process;

import org.jspecify.annotations.NullMarked;
