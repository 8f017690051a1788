package io.streamsync.onboarding.identity;

import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Sign-in over HTTP.
@RestController
class SignInController {

    private static final int SIGNATURE_SIZE = 64;

    /// Base64 of 64 bytes, which always ends so; Base58 of them is never longer and has no such sign.
    private static final String BASE64_ENDING = "==";

    private final SignIn signIn;

    SignInController(SignIn signIn) {
        this.signIn = signIn;
    }

    @PostMapping("/v1/auth/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    ChallengeView challenge(@RequestBody ChallengeRequest request) {
        var challenge = signIn.challenge(wallet(request.wallet()));
        return new ChallengeView(challenge.message(), challenge.nonce(), challenge.expiresAt());
    }

    @PostMapping("/v1/auth/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    SignInOutcome.SignedIn session(@RequestBody SessionRequest request) {
        var wallet = wallet(request.wallet());
        var message = Fields.required("message", request.message(), 2_000);
        var signature = signature(Fields.required("signature", request.signature(), 200));
        return switch (signIn.open(wallet, message, signature)) {
            case SignInOutcome.SignedIn signedIn -> signedIn;
            case SignInOutcome.NotIssued _ ->
                throw new Refusal(
                        ProblemCode.BAD_SIGNATURE,
                        "The message is not one that was issued to this wallet. Send the challenge's message unchanged.");
            case SignInOutcome.BadSignature _ -> throw badSignature();
            case SignInOutcome.NonceUsed _ ->
                throw new Refusal(
                        ProblemCode.NONCE_USED, "This challenge opened a session before. Ask for another one.");
            case SignInOutcome.NonceExpired _ ->
                throw new Refusal(ProblemCode.NONCE_EXPIRED, "This challenge is over. Ask for another one.");
        };
    }

    private static Wallet wallet(@Nullable String address) {
        var text = Fields.required("wallet", address, 1_000);
        try {
            return new Wallet(text);
        } catch (IllegalArgumentException unsound) {
            throw new Refusal(ProblemCode.WALLET_NOT_ALLOWED, String.valueOf(unsound.getMessage()));
        }
    }

    private static byte[] signature(String text) {
        if (text.endsWith(BASE64_ENDING)) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException notBase64) {
                throw badSignature();
            }
        }
        return Base58.decode(text, SIGNATURE_SIZE).orElseThrow(SignInController::badSignature);
    }

    private static Refusal badSignature() {
        return new Refusal(
                ProblemCode.BAD_SIGNATURE,
                "The signature is not the wallet's Ed25519 signature of the message, 64 bytes in Base58 or Base64.");
    }

    record ChallengeRequest(@Nullable String wallet) {}

    record ChallengeView(String message, String nonce, Instant expiresAt) {}

    record SessionRequest(
            @Nullable String wallet,
            @Nullable String message,
            @Nullable String signature) {}
}
