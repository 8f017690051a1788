package io.streamsync.onboarding.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Issues challenges and turns signed ones into sessions.
@Component
class SignIn {

    private static final Pattern NONCE = Pattern.compile("\nNonce: ([0-9a-f]{32})\n");

    /// 128 bits: nobody meets another's nonce.
    private static final int NONCE_BYTES = 16;

    private static final int TOKEN_BYTES = 32;

    /// Long enough to tell a late caller that the challenge expired, rather than that there was none.
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

    private final Challenges challenges;
    private final Sessions sessions;
    private final IdentityProperties properties;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    SignIn(Challenges challenges, Sessions sessions, IdentityProperties properties, InstantSource clock) {
        this.challenges = challenges;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    Challenge challenge(Wallet wallet) {
        var challenge = Challenge.issue(
                HexFormat.of().formatHex(randomBytes(NONCE_BYTES)),
                wallet,
                properties.publicUrl(),
                properties.chainId(),
                clock.instant(),
                properties.challengeLife());
        challenges.add(challenge);
        return challenge;
    }

    /// The signature is checked before the nonce is used: a forger must not spend another's challenge.
    @Transactional
    public SignInOutcome open(Wallet wallet, String message, byte[] signature) {
        var named = NONCE.matcher(message);
        if (!named.find() || !challenges.issued(named.group(1), wallet, message)) {
            return new SignInOutcome.NotIssued();
        }
        if (!wallet.signed(message, signature)) {
            return new SignInOutcome.BadSignature();
        }
        var nonce = named.group(1);
        if (!challenges.use(nonce, clock.instant())) {
            return challenges.isUsed(nonce) ? new SignInOutcome.NonceUsed() : new SignInOutcome.NonceExpired();
        }
        return session(wallet);
    }

    private SignInOutcome session(Wallet wallet) {
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(TOKEN_BYTES));
        var expiresAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(properties.sessionLife());
        sessions.add(token, wallet, expiresAt);
        return new SignInOutcome.SignedIn(token, expiresAt);
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Scheduled(fixedDelay = 3_600_000)
    void forgetExpired() {
        var before = clock.instant().minus(KEPT_AFTER_EXPIRY);
        challenges.forget(before);
        sessions.forget(before);
    }
}
