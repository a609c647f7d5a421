package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; q=0.5",
                "application/json, */*;q=0.1",
                "application/*;q=0.1, application/json",
                "text/html, application/json;q=0.9, */*;q=0.8"
            })
    void json_is_preferred_where_it_is_wanted_more_than_a_workbook(String accept) {
        assertThat(MediaTypes.prefersJson(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "application/*",
                "application/json;q=0",
                "application/json;q=0.5, " + MediaTypes.WORKBOOK,
                "application/json;q=nonsense, " + MediaTypes.WORKBOOK,
                ""
            })
    void a_workbook_is_answered_with_a_workbook_otherwise(String accept) {
        assertThat(MediaTypes.prefersJson(accept)).isFalse();
    }

    @Test
    void a_client_that_says_nothing_gets_its_workbook() {
        assertThat(MediaTypes.prefersJson(null)).isFalse();
    }

    @Test
    void json_is_json_whatever_its_parameters() {
        assertThat(MediaTypes.isJson("Application/JSON; charset=UTF-8")).isTrue();
        assertThat(MediaTypes.isJson("application/merge-patch+json")).isTrue();
        assertThat(MediaTypes.isJson("text/json-lines")).isFalse();
    }
}
