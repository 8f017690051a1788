package io.streamsync.billing.earning;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.earning.Hold.Matured;
import io.streamsync.billing.earning.Hold.Release;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTests {

    @Test
    void releasesWhatHasComeOutOfItsHold() {
        assertThat(Hold.NEW.after(List.of(new Matured(3, 100), new Matured(5, 40)), 0, 500))
                .isEqualTo(new Release(new Hold(5, 0), 140));
    }

    @Test
    void releasesNoMoreThanAVerdictHasLeft() {
        var first = Hold.NEW.after(List.of(new Matured(3, 100)), 0, 60);

        assertThat(first).isEqualTo(new Release(new Hold(3, 40), 60));
        assertThat(first.next().after(List.of(new Matured(4, -40)), 0, 0)).isEqualTo(new Release(new Hold(4, 0), 0));
    }

    @Test
    void takesNothingBackFromWhatIsPayable() {
        assertThat(Hold.NEW.after(List.of(new Matured(3, -70)), 0, 0)).isEqualTo(new Release(new Hold(3, -70), 0));
    }

    @Test
    void countsWhatAVerdictTookAgainstLaterEarnings() {
        assertThat(new Hold(3, -70).after(List.of(new Matured(4, 100)), 0, 30))
                .isEqualTo(new Release(new Hold(4, 0), 30));
    }

    @Test
    void releasesNoLaterEarningsForThoseThatAVerdictTook() {
        var first = Hold.NEW.after(List.of(new Matured(3, 100)), 100, 100);

        assertThat(first).as("the 100 that are held were earned later").isEqualTo(new Release(new Hold(3, 100), 0));
        assertThat(first.next().after(List.of(new Matured(4, 0)), 0, 100))
                .as("earned and taken in one batch, whose hold is over")
                .isEqualTo(new Release(new Hold(4, 0), 100));
    }
}
