package quartermaster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;

class KeysTest {
    private static final String SECRET = "d1c0ffee-with-enough-of-chance";
    private static final String DIGEST = Digests.of(SECRET).replace("sha256:", "");

    @Test
    void a_key_is_recognised_by_its_digest_and_has_its_roles() {
        String text =
                "# who may do what\n\n  ann@desk  " + DIGEST.toUpperCase(java.util.Locale.ROOT) + "\tdecide, read \n";

        Keys keys = Keys.parse(text, "keys").value();

        assertThat(keys.find(SECRET)).hasValueSatisfying(key -> {
            assertThat(key.name()).isEqualTo("ann@desk");
            assertThat(key.roles()).isEqualTo(Set.of(Role.DECIDE, Role.READ));
            assertThat(key.may(Role.EDIT)).isFalse();
            assertThat(key.toString()).doesNotContain(DIGEST);
        });
        assertThat(keys.find(SECRET + " ")).isEmpty();
        assertThat(keys.find(DIGEST))
                .as("what stands in the file opens nothing")
                .isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann DIGEST | keys:1: Found 2 of 3 parts",
                "ann secret read | keys:1: The second part is no SHA-256",
                "ann e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 read | the SHA-256 of nothing",
                "a/n DIGEST read | keys:1: Found the name \"a/n\"",
                "ann DIGEST reed | Did you mean read?",
                "ann DIGEST read, | Found the role \"\"",
                "# nobody | keys: Found no key"
            })
    void what_is_no_key_is_named_with_its_line_and_without_its_secret(String line, String said) {
        var read = Keys.parse(line.replace("DIGEST", DIGEST), "keys");

        assertThat(read.value()).isNull();
        assertThat(read.problems()).extracting(Problem::toString).anyMatch(each -> each.contains(said));
        assertThat(read.problems().toString()).doesNotContain("secret");
    }

    @Test
    void a_name_or_a_key_stands_there_once() {
        String other = Digests.of("other").replace("sha256:", "");
        assertThat(Keys.parse("ann " + DIGEST + " read\nann " + other + " edit", "keys")
                        .problems())
                .hasSize(1);
        assertThat(Keys.parse("ann " + DIGEST + " read\nbob " + DIGEST + " edit", "keys")
                        .problems())
                .hasSize(1);
    }
}
