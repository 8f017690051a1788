/// What makes one installation: its directory, its ports, its settings from the environment, its secrets.
@NullMarked
package io.streamsync.launcher.installation;

import org.jspecify.annotations.NullMarked;
