package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 says of tags, HEAD and repeated requests. */
class ConditionsTest {
    private static final String REQUEST = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-8b", "concurrency": 1}, "explain": "none",
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "owned"}], "asOf": "2026-11-22"}
            """;

    @AutoClose
    private static ServerUnderTest server = new ServerUnderTest(LIMITS);

    private static HttpResponse<byte[]> get(String path, String header, String value) throws Exception {
        return server.send(server.request(path).header(header, value).build());
    }

    private static HttpResponse<byte[]> head(String path) throws Exception {
        return server.send(
                server.request(path).method("HEAD", BodyPublishers.noBody()).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/catalogue", "/rules", "/rules/policy", "/openapi.yaml", "/docs", "/"})
    void what_the_client_has_is_not_sent_again(String path) throws Exception {
        HttpResponse<byte[]> first = server.get(path);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        for (String asked : new String[] {tag, "W/" + tag, "\"another\", " + tag, "*"}) {
            HttpResponse<byte[]> again = get(path, "If-None-Match", asked);
            assertThat(again.statusCode()).as(asked).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).contains(tag);
        }
        assertThat(get(path, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/catalogue", "/versions", "/status", "/health/live", "/openapi.json", "/docs"})
    void head_has_the_headers_of_get_and_no_body(String path) throws Exception {
        HttpResponse<byte[]> got = server.get(path);
        HttpResponse<byte[]> head = head(path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"Content-Type", "ETag", "Vary"}) {
            assertThat(head.headers().firstValue(name))
                    .as(name)
                    .isEqualTo(got.headers().firstValue(name));
        }
    }

    @Test
    void head_of_what_is_not_there_is_404() throws Exception {
        assertThat(head("/decisions/nothing").statusCode()).isEqualTo(404);
        assertThat(head("/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'\"sha256:0\", %s' | 422", "'%s' | 422", "'*' | 422", "'\"sha256:0\"' | 412", "'W/%s' | 412"})
    void if_match_is_a_list_and_takes_no_weak_tags(String given, int status) throws Exception {
        String tag = server.get("/rules").headers().firstValue("ETag").orElseThrow();
        HttpRequest publish = server.request("/rules/policy")
                .header("If-Match", given.replace("%s", tag))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(ServerUnderTest.twoWorkloads())) // no policy: 422 once the tag is right
                .build();
        assertThat(server.send(publish).statusCode()).isEqualTo(status);
    }

    private static HttpResponse<byte[]> decide(String key, String body) throws Exception {
        return server.send(server.request("/decide")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void the_same_request_with_the_same_key_is_decided_once() throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<byte[]> first = decide(key, REQUEST);
        HttpResponse<byte[]> again = decide(key, REQUEST);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();

        HttpResponse<byte[]> other = decide(key, REQUEST.replace("4090", "5090"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).at("/type").asText()).endsWith(":idempotency-key-reused");
        assertThat(decide("another", REQUEST).body()).isNotEqualTo(first.body());
        assertThat(decide("with blanks inside", REQUEST).statusCode()).isEqualTo(400);
    }

    @Test
    void what_failed_may_be_tried_again_with_the_same_key() throws Exception {
        assertThat(decide("failing", "{}").statusCode()).isEqualTo(422);
        assertThat(decide("failing", REQUEST).statusCode()).isEqualTo(200);
    }

    @Test
    void a_workbook_sent_again_with_the_same_key_is_scored_once() throws Exception {
        byte[] workbook = ServerUnderTest.twoWorkloads();
        HttpRequest request = server.request("/workbooks")
                .header("Content-Type", "application/octet-stream")
                .header("Idempotency-Key", "a-workbook")
                .POST(BodyPublishers.ofByteArray(workbook))
                .build();
        HttpResponse<byte[]> first = server.send(request);
        HttpResponse<byte[]> again = server.send(request);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Disposition"))
                .isEqualTo(first.headers().firstValue("Content-Disposition"));
    }

    @Test
    void a_folder_for_uploads_that_was_cleared_away_is_made_again() throws Exception {
        Files.delete(server.uploadFolder());
        assertThat(server.postForm("file", "a.xlsx", ServerUnderTest.twoWorkloads(), "*/*")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_full_disk_is_known_by_its_words() {
        assertThat(Failures.isDiskFull(new IllegalStateException(
                        new FileSystemException("rules/policy.xlsx", null, "No space left on device"))))
                .isTrue();
        assertThat(Failures.isDiskFull(new IllegalStateException("No space left for jokes")))
                .isFalse();
    }
}
