/// REST as JSON-RPC. In: a path and its parameters. Out: the call that the race is asked with, or what is wrong.
@NullMarked
package io.streamsync.router.rest;

import org.jspecify.annotations.NullMarked;
