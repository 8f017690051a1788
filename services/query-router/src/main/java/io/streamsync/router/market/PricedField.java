package io.streamsync.router.market;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Comparator;

/// A field with what every query needs to know of its prices, worked out once.
///
/// @param cheapestAsk of the candidates, nano-USDC; 0 where there are none
/// @param dearestAsk of the candidates, nano-USDC; 0 where there are none
/// @param ceiling above which the customer pays for no answer, nano-USDC
public record PricedField(Field field, long cheapestAsk, long dearestAsk, long ceiling) {

    static PricedField of(Field field, Terms terms, Parameters parameters) {
        var cheapest =
                field.candidates().stream().map(Candidate::ask).min(Comparator.comparingLong(ask -> ask.priceNano()));
        var ceiling = terms.maxPriceNano()
                .orElseGet(() -> defaultCeiling(field.medianAsk().orElse(0), parameters.defaultCeilingFactor()));
        return new PricedField(
                field,
                cheapest.map(ask -> ask.priceNano()).orElse(0L),
                field.dearestAsk().orElse(0),
                ceiling);
    }

    private static long defaultCeiling(long medianAsk, int factor) {
        return medianAsk > Long.MAX_VALUE / factor ? Long.MAX_VALUE : medianAsk * factor;
    }

    public boolean isEmpty() {
        return field.isEmpty();
    }
}
