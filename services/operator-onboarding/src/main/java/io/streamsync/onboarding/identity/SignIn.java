package io.streamsync.onboarding.identity;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Issues challenges and turns signed ones into sessions.
@Component
class SignIn {

    private static final Pattern ISSUED = Pattern.compile("\nNonce: ([0-9a-f]{64})\nIssued At: (\\S{20,30})\n");

    private static final int TOKEN_BYTES = 32;

    private final ChallengeSeal seal;
    private final UsedNonces used;
    private final Sessions sessions;
    private final IdentityProperties properties;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    SignIn(ChallengeSeal seal, UsedNonces used, Sessions sessions, IdentityProperties properties, InstantSource clock) {
        this.seal = seal;
        this.used = used;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    Challenge challenge(Wallet wallet) {
        var issuedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return challenge(seal.nonce(wallet, issuedAt), wallet, issuedAt);
    }

    /// The signature is checked before the nonce is used: a forger must not spend another's challenge.
    @Transactional
    public SignInOutcome open(Wallet wallet, String message, byte[] signature) {
        var issued = issued(wallet, message);
        if (issued.isEmpty()) {
            return new SignInOutcome.NotIssued();
        }
        if (!wallet.signed(message, signature)) {
            return new SignInOutcome.BadSignature();
        }
        var challenge = issued.get();
        if (!clock.instant().isBefore(challenge.expiresAt())) {
            return new SignInOutcome.NonceExpired();
        }
        return used.use(challenge) ? session(wallet) : new SignInOutcome.NonceUsed();
    }

    /// The challenge that said exactly this to this wallet, if there was one.
    private Optional<Challenge> issued(Wallet wallet, String message) {
        var named = ISSUED.matcher(message);
        if (!named.find()) {
            return Optional.empty();
        }
        var nonce = named.group(1);
        return instant(named.group(2))
                .filter(issuedAt -> seal.isGenuine(nonce, wallet, issuedAt))
                .map(issuedAt -> challenge(nonce, wallet, issuedAt))
                .filter(challenge -> challenge.message().equals(message));
    }

    private Challenge challenge(String nonce, Wallet wallet, Instant issuedAt) {
        return Challenge.of(
                nonce, wallet, properties.publicUrl(), properties.chainId(), issuedAt, properties.challengeLife());
    }

    private SignInOutcome session(Wallet wallet) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var expiresAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(properties.sessionLife());
        sessions.add(token, wallet, expiresAt);
        return new SignInOutcome.SignedIn(token, expiresAt);
    }

    @Scheduled(fixedDelay = 60_000)
    void forgetExpired() {
        var now = clock.instant();
        used.forget(now);
        sessions.forget(now);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
