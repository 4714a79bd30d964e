package dev.purser.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Measure;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoomTest {

  private static final Amounts CALL = new Amounts(100, 20, 30, 1);

  @Test
  void withoutAnAccountThereIsRoomForAnything() {
    Room room = Room.builder().build();

    assertThat(room.fits(new Amounts(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1)))
        .isTrue();
    assertThat(room.of(Measure.USD)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theFullestAccountOfAMeasureDecides() {
    Room room = Room.builder()
        .add(Measure.USD, 500)
        .add(Measure.USD, 99)
        .add(Measure.USD, 300)
        .build();

    assertThat(room.of(Measure.USD)).isEqualTo(99);
    assertThat(room.fits(CALL)).isFalse();
    assertThat(room.fits(new Amounts(99, 1000, 1000, 1))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void eachMeasureIsAskedForItsOwnAmount(Measure measure) {
    assertThat(Room.builder().add(measure, CALL.of(measure)).build().fits(CALL)).isTrue();
    assertThat(Room.builder().add(measure, CALL.of(measure) - 1).build().fits(CALL))
        .isFalse();
  }

  @Test
  void nothingFitsEvenWhereAnAccountIsOverdrawn() {
    Room room = Room.builder().add(Measure.USD, -5).build();

    assertThat(room.of(Measure.USD)).isZero();
    assertThat(room.fits(Amounts.NONE)).isTrue();
    assertThat(room.fits(new Amounts(0, 5, 5, 1))).as("a free call").isTrue();
    assertThat(room.fits(new Amounts(1, 0, 0, 0))).isFalse();
  }

  @Test
  void laterAccountsOfABuilderDoNotReachWhatItBuilt() {
    Room.Builder builder = Room.builder().add(Measure.USD, 500);
    Room room = builder.build();
    builder.add(Measure.USD, 1);

    assertThat(room.of(Measure.USD)).isEqualTo(500);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatFitsTogetherFitsInEachAccount(
      @ForAll("accounts") Map<Measure, Long> one,
      @ForAll("accounts") Map<Measure, Long> other,
      @ForAll("amounts") Amounts call) {
    Room.Builder together = Room.builder();
    one.forEach(together::add);
    other.forEach(together::add);

    assertThat(together.build().fits(call))
        .isEqualTo(room(one).fits(call) && room(other).fits(call));
  }

  private static Room room(Map<Measure, Long> accounts) {
    Room.Builder room = Room.builder();
    new HashMap<>(accounts).forEach(room::add);
    return room.build();
  }

  @Provide
  Arbitrary<Map<Measure, Long>> accounts() {
    return Arbitraries.maps(Arbitraries.of(Measure.class), Arbitraries.longs().between(-3, 20));
  }

  @Provide
  Arbitrary<Amounts> amounts() {
    Arbitrary<Long> small = Arbitraries.longs().between(0, 12);
    return Combinators.combine(small, small, small, small).as(Amounts::new);
  }

  @Test
  void tokensAreThoseReadAndThoseWritten() {
    assertThat(CALL.of(Measure.TOKENS)).isEqualTo(50);
    assertThat(CALL.of(Measure.INPUT_TOKENS)).isEqualTo(20);
    assertThat(CALL.of(Measure.OUTPUT_TOKENS)).isEqualTo(30);
    assertThat(CALL.of(Measure.REQUESTS)).isEqualTo(1);
    assertThat(CALL.of(Measure.CONCURRENT_CALLS)).isEqualTo(1);
    assertThat(new Amounts(0, Long.MAX_VALUE, 1, 0).tokens()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void noAmountIsNegative() {
    assertThatThrownBy(() -> new Amounts(-1, 0, 0, 0)).hasMessageContaining("-1 nano-dollars");
    assertThatThrownBy(() -> new Amounts(0, -1, 0, 0)).hasMessageContaining("-1 + 0 tokens");
    assertThatThrownBy(() -> new Amounts(0, 0, -1, 0)).hasMessageContaining("0 + -1 tokens");
    assertThatThrownBy(() -> new Amounts(0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
