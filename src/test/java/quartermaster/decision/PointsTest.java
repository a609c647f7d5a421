package quartermaster.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PointsTest {
    private static final Column MONTH = Vocabulary.find("Per month (USD)").orElseThrow();

    @Test
    void a_line_is_even_between_its_ends() {
        Points line = new Points(100, 40, MONTH, new Condition.Within(0, true, 300, true), false);

        assertThat(line.at(0)).isEqualTo(100);
        assertThat(line.at(100)).isCloseTo(80, within(1e-9));
        assertThat(line.at(300)).isEqualTo(40);
    }

    @Test
    void a_logarithmic_line_takes_as_much_for_twice_as_much_anywhere() {
        Points line = new Points(100, 40, MONTH, new Condition.Within(100, false, 10_000, true), true);

        assertThat(line.at(1000)).isCloseTo(70, within(1e-9));
        assertThat(line.at(200)).isCloseTo(90.97, within(0.005));
        assertThat(line.at(5000)).isCloseTo(49.03, within(0.005));
    }
}
