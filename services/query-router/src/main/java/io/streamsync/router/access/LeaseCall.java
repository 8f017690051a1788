package io.streamsync.router.access;

import java.util.List;

/// All wishes of a router at one time; without any it is a sign of life.
record LeaseCall(int routerId, int incarnation, List<LeaseRequest> requests) {}
