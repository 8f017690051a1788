package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.Progress;

/// What somebody needs to go on with the market that the story leaves behind.
record Invitation(Composition composition, CustomerAccount account, Cast cast, DevnetPlan plan) {

    void say(Progress progress) {
        progress.say("""

                The market is yours
                  URL             %1$s
                  WebSocket       %2$s
                  documentation   %1$s/docs
                  API key         %3$s
                  management key  %4$s
                Try
                  curl -i %1$s -H 'X-API-Key: %3$s' -H 'Content-Type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"getBalance","params":["%5$s"]}'
                  curl %1$s/v1/races/RACE      # why: RACE is the answer's X-StreamSync-Race
                  curl %1$s/v1/quotes -H 'Content-Type: application/json' -d '{"method":"getAccountInfo","maxLatency":"60ms","prefer":"cheapest"}'
                  curl %1$s/v1/account -H 'Authorization: Bearer %4$s'
                  curl '%1$s/v1/account/refunds?limit=5' -H 'Authorization: Bearer %4$s'
                  curl %1$s/v1/reputations
                  cd devnet && node --input-type=commonjs -e 'new (require("@solana/web3.js").Connection)("%1$s/v1/rpc/%3$s").onSlotChange(console.log)'
                Make a node of %6$s lie, slow, or go down (down true, then false)
                  curl %7$s/control -d '{"lie":0.2}'
                  curl %7$s/control -d '{"latencyMs":300}'
                  curl %7$s/control -d '{"down":true}'
                """.formatted(
                composition.url(),
                composition.webSocketUrl(),
                account.asking().token(),
                account.managing().token(),
                plan.addresses("wallet").getFirst(),
                cast.playing("unsteady").name(),
                cast.playing("unsteady").nodes().getFirst().process().endpoint()).stripTrailing());
    }
}
