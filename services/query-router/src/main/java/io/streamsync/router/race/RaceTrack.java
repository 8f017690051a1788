package io.streamsync.router.race;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.flow.Flows;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.NodeClient;
import io.streamsync.router.tip.Tips;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What all races of this router share.
///
/// @param usual when the later ones of a race's places are asked
/// @param comparisons where large answers are read and compared, away from the event loops
/// @param flows of answers that are too long to be held
record RaceTrack(
        NodeClient nodes,
        Journal journal,
        CreditLeases leases,
        Drawing drawing,
        Parameters parameters,
        InstantSource clock,
        RaceIds ids,
        Salts salts,
        Executor comparisons,
        Flows flows,
        OpenRaces open,
        Tips tips,
        Sanity sanity,
        Payloads payloads,
        UsualLatencies usual,
        RouterLog log) {}
