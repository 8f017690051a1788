package io.streamsync.onboarding.identity;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How operators sign in.
///
/// @param publicUrl of the edge: its domain stands in every message that a wallet signs
/// @param chainId as Sign-In With Solana names clusters
@ConfigurationProperties("streamsync.identity")
record IdentityProperties(
        URI publicUrl,
        @DefaultValue("mainnet") String chainId,
        @DefaultValue("5m") Duration challengeLife,
        @DefaultValue("24h") Duration sessionLife) {

    IdentityProperties {
        if (publicUrl.getHost() == null) {
            throw new IllegalArgumentException("Set STREAMSYNC_PUBLIC_URL to the edge's URL, such as http://host:8080");
        }
    }
}
