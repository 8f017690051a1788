package io.streamsync.onboarding.identity;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// What a wallet is asked to sign: a text of Sign-In With Solana that names domain, nonce and times.
record Challenge(String nonce, Wallet wallet, String message, Instant expiresAt) {

    private static final String STATEMENT =
            "Sign in to StreamSync as an operator. This costs nothing and moves no funds.";

    static Challenge of(String nonce, Wallet wallet, URI publicUrl, String chainId, Instant issuedAt, Duration life) {
        var expiresAt = issuedAt.plus(life);
        var message = """
                %s wants you to sign in with your Solana account:
                %s

                %s

                URI: %s
                Version: 1
                Chain ID: %s
                Nonce: %s
                Issued At: %s
                Expiration Time: %s""".formatted(
                        publicUrl.getRawAuthority(), wallet, STATEMENT, publicUrl, chainId, nonce, issuedAt, expiresAt);
        return new Challenge(nonce, wallet, message, expiresAt);
    }
}
