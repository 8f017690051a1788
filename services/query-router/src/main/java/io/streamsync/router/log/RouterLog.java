package io.streamsync.router.log;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Every line that the people who run the router must see. None is written per query, none holds a key or parameters.
@Component
public final class RouterLog {

    private static final Logger log = LoggerFactory.getLogger(RouterLog.class);

    public void snapshotTaken(String hash, int nodes) {
        log.atInfo().addKeyValue("snapshot", hash).addKeyValue("nodes", nodes).log("The market moved");
    }

    public void snapshotNotPublished(String hash, Throwable cause) {
        log.atWarn()
                .addKeyValue("snapshot", hash)
                .setCause(cause)
                .log("A snapshot did not reach Kafka: its races cannot be replayed until it is told again");
    }

    public void snapshotNotKept(String hash, Exception cause) {
        log.atWarn()
                .addKeyValue("snapshot", hash)
                .setCause(cause)
                .log(
                        "A snapshot is not on the disk: should the router die before Kafka has it, its races cannot be replayed");
    }

    public void snapshotsLeft(Exception cause) {
        log.atWarn().setCause(cause).log("Snapshots on the disk wait until Kafka takes another one");
    }

    public void marketStandsStill(RuntimeException cause) {
        log.atError().setCause(cause).log("No snapshot could be taken: races go on with the last one");
    }

    public void listingUnusable(String nodeId, Exception cause) {
        log.atWarn()
                .addKeyValue("nodeId", nodeId)
                .addKeyValue("cause", cause.getMessage())
                .log("A listing cannot be used: the node is not asked");
    }

    public void scoreUnusable(String nodeId, Exception cause) {
        log.atWarn()
                .addKeyValue("nodeId", nodeId)
                .addKeyValue("cause", cause.getMessage())
                .log("A score cannot be used: the node keeps its former one");
    }

    public void nodeCircuitOpened(String nodeId, String reason) {
        log.atWarn()
                .addKeyValue("nodeId", nodeId)
                .addKeyValue("reason", reason)
                .log("A node keeps failing: it is asked only now and then until it answers");
    }

    public void nodeConnectionBroke(String nodeId, Throwable cause) {
        log.atError()
                .addKeyValue("nodeId", nodeId)
                .setCause(cause)
                .log("What a node said or did not say led to an error of the router's");
    }

    public void subscriptionsLost(String nodeId, String reason) {
        log.atWarn()
                .addKeyValue("nodeId", nodeId)
                .addKeyValue("reason", reason)
                .log("A node's WebSocket is lost: its subscriptions go on elsewhere");
    }

    public void subscriptionNotCharged(String subscriptionId, Throwable cause) {
        log.atError()
                .addKeyValue("subscription", subscriptionId)
                .setCause(cause)
                .log("What a subscription came to cannot be charged: it has ended");
    }

    public void subscriberFailed(Throwable cause) {
        log.atError().setCause(cause).log("A client's WebSocket led to an error of the router's and was closed");
    }

    public void raceRecordLost(long sequence) {
        log.atError()
                .addKeyValue("sequence", sequence)
                .log("A race's record was lost with the journal: nothing is charged for it");
    }

    public void raceFailed(long sequence, Throwable cause) {
        log.atError().addKeyValue("sequence", sequence).setCause(cause).log("A race ended in an error of the router's");
    }

    public void queryFailed(Throwable cause) {
        log.atError().setCause(cause).log("A query ended in an error of the router's");
    }

    public void probesNotPublished(Throwable cause) {
        log.atWarn().addKeyValue("cause", cause.toString()).log("What probes brought did not reach Kafka");
    }

    public void probingFailed(Throwable cause) {
        log.atError().setCause(cause).log("Nodes could not be probed, or their tips not compared: done again at once");
    }

    public void resendingFailed(Throwable cause) {
        log.atError().setCause(cause).log("Transactions could not be sent again: tried again in a moment");
    }

    public void resendsDropped(int transactions) {
        log.atWarn()
                .addKeyValue("transactions", transactions)
                .log("More transactions are under way than are sent again: the oldest are left to their nodes");
    }

    public void tidyingFailed(Throwable cause) {
        log.atError().setCause(cause).log("What idle customers left in memory could not be let go");
    }

    public void edgeFailed(String requestId, Throwable cause) {
        log.atError().addKeyValue("requestId", requestId).setCause(cause).log("A request failed at the edge");
    }

    public void activityUnknown(@Nullable Throwable cause) {
        log.atWarn()
                .addKeyValue("cause", String.valueOf(cause))
                .log("Billing does not tell the market's activity: the pages show the last that is known");
    }

    public void racesUnfinished(int races) {
        log.atWarn().addKeyValue("races", races).log("The router stops before all races were verified");
    }

    public void started(int router, int incarnation, int earlier) {
        log.atInfo()
                .addKeyValue("router", router)
                .addKeyValue("incarnation", incarnation)
                .addKeyValue("earlierJournals", earlier)
                .log("Billing knows this start");
    }

    public void billingAwaited(Throwable cause) {
        log.atWarn().addKeyValue("cause", cause.toString()).log("Billing does not answer yet: the router waits for it");
    }

    public void startRefused(String reason) {
        log.atError().addKeyValue("reason", reason).log("Billing does not take this start: the router asks again");
    }

    public void startRefusedForGood(String reason) {
        log.atError()
                .addKeyValue("reason", reason)
                .log("Billing never takes this start: the router stops, change what the reason names");
    }

    public void journalTaken(Path directory) {
        log.atError()
                .addKeyValue("directory", directory)
                .log("Another process has the journal: this one stops. Let one of them run, or give each"
                        + " an id (STREAMSYNC_ROUTER_ID) and a directory (STREAMSYNC_DATA_DIR) of its own");
    }

    public void journalOfAnother(int owner, int router) {
        log.atError()
                .addKeyValue("owner", owner)
                .addKeyValue("router", router)
                .log(
                        "The journal belongs to another router: this one stops. Give it the owner's id (STREAMSYNC_ROUTER_ID),"
                                + " which alone can have what is left in it booked, or a directory (STREAMSYNC_DATA_DIR) of"
                                + " its own");
    }

    public void journalFailed(Throwable cause) {
        log.atError().setCause(cause).log("The journal cannot be written: the router takes no query and stops");
    }

    public void journalHalfFull(long bytes) {
        log.atWarn().addKeyValue("bytes", bytes).log("The journal is half full: its records do not reach billing");
    }

    public void recordNotEncoded(Throwable cause) {
        log.atError().setCause(cause).log("A record could not be encoded and is not written");
    }

    public void segmentNotDeleted(Throwable cause) {
        log.atWarn().setCause(cause).log("A journal segment that billing has could not be deleted; tried again later");
    }

    public void streamFinished(String stream, long position) {
        log.atInfo()
                .addKeyValue("stream", stream)
                .addKeyValue("position", position)
                .log("Billing has the whole stream of an earlier start");
    }

    public void streamRewound(String stream, long position) {
        log.atWarn()
                .addKeyValue("stream", stream)
                .addKeyValue("position", position)
                .log("Sending goes on from where billing stands: Kafka has lost or gained something");
    }

    public void streamUnreadable(String stream, Throwable cause) {
        log.atError()
                .addKeyValue("stream", stream)
                .setCause(cause)
                .log("The journal lacks what billing needs next: its leases stay open until billing closes them");
    }

    public void streamUnknown(String stream) {
        log.atError()
                .addKeyValue("stream", stream)
                .log("The journal has nothing of an earlier start: its leases stay open until billing closes them");
    }

    public void streamNotFinished(String stream, Throwable cause) {
        log.atWarn()
                .addKeyValue("stream", stream)
                .addKeyValue("cause", cause.toString())
                .log("The router stops before Kafka has its whole stream: the next start sends the rest");
    }

    public void forwardingFailed(Throwable cause) {
        log.atWarn().setCause(cause).log("Kafka does not take the journal: sent again from what it has acknowledged");
    }

    public void feedInterrupted(String topic, Throwable cause) {
        log.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("cause", cause.toString())
                .log("A topic cannot be read for now: it is read from its beginning again");
    }

    public void eventUnusable(String topic, Throwable cause) {
        log.atError()
                .addKeyValue("topic", topic)
                .addKeyValue("cause", cause.toString())
                .log("An event cannot be read and changes nothing");
    }

    public void credentialUnusable(Throwable cause) {
        log.atError()
                .addKeyValue("cause", cause.toString())
                .log("A change of a key cannot be read: the key is refused until it is told anew");
    }

    public void leasesUnavailable(Throwable cause) {
        log.atWarn().addKeyValue("cause", cause.toString()).log("Billing gives no credit for now");
    }

    public void leasesAvailable() {
        log.atInfo().log("Billing gives credit again");
    }

    public void superseded(String stream) {
        log.atError()
                .addKeyValue("stream", stream)
                .log("Billing knows a later start of this router: this one sells nothing any more and stops");
    }

    public void secretNotPublished(long epoch, Throwable cause) {
        log.atWarn()
                .addKeyValue("epoch", epoch)
                .addKeyValue("cause", cause.toString())
                .log("An epoch's secret did not reach Kafka: told again");
    }

    public void secretsFailed(Throwable cause) {
        log.atError().setCause(cause).log("Epoch secrets cannot be made or kept: tried again");
    }

    public void overloaded(int most) {
        log.atWarn()
                .addKeyValue("most", most)
                .log("More is asked than this router can do: it sheds by equal shares of its customers");
    }

    public void overloadOver() {
        log.atInfo().log("This router takes in everything again");
    }

    public void drains(int connections) {
        log.atInfo()
                .addKeyValue("connections", connections)
                .log("This router leaves: its clients are asked to connect elsewhere");
    }
}
