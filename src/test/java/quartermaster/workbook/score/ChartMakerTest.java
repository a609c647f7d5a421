package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quartermaster.decision.Step;

class ChartMakerTest {
    private static final int STEPS = Step.values().length;

    @Test
    void one_step_more_would_have_a_colour_of_its_own_too() {
        assertThat(IntStream.rangeClosed(0, STEPS).mapToObj(ChartMaker::colour)).doesNotHaveDuplicates();
    }

    @Test
    void however_many_steps_there_are_each_is_drawn_beside_others_of_another_colour() {
        for (int series = 0; series < 4 * STEPS; series++) {
            assertThat(ChartMaker.colour(series)).matches("[0-9A-F]{6}").isNotEqualTo(ChartMaker.colour(series + 1));
        }
    }
}
