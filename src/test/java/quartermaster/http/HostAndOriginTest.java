package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.ALLOWED_HOST;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.workspace.Workspace;

/** Web pages of others do nothing here, whichever way they take. PORT stands for the one that the server listens on. */
class HostAndOriginTest {
    private static final String CHANGING = "POST /decide HTTP/1.1\r\nContent-Type: application/json";
    private static final int LARGE = 3_000_000;

    @AutoClose
    private static ServerUnderTest server = new ServerUnderTest(LIMITS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:PORT",
                "localhost",
                "LocalHost:9000",
                "127.0.0.1:PORT",
                "127.0.0.1",
                "[::1]:PORT",
                "[::1]",
                ALLOWED_HOST,
                ALLOWED_HOST + ":8443"
            })
    void this_machines_own_names_and_those_that_are_allowed_are_answered(String host) throws Exception {
        assertThat(send("GET /status HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "evil.example",
                "localhost.evil.example",
                "evil-localhost",
                "127.0.0.1.nip.example",
                "127.0.0.2:PORT",
                "0.0.0.0",
                "sub." + ALLOWED_HOST,
                "[fd00::7]:PORT"
            })
    void another_host_is_421_for_every_path_and_method(String host) throws Exception {
        for (String line : new String[] {"GET /status", "GET /nothing", "HEAD /status", "OPTIONS /decide", "PUT /x"}) {
            assertThat(send(line + " HTTP/1.1", "Host: " + host))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("Content-Type: application/problem+json");
        }
        assertThat(send("GET /status HTTP/1.1", "Host: " + host))
                .contains("urn:quartermaster:problem:foreign-host", "--allowed-host NAME")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContain(ALLOWED_HOST + "\"");
    }

    @Test
    void a_program_may_leave_out_the_host_only_where_http_allows_it() throws Exception {
        assertThat(send("GET /status HTTP/1.0")).contains(" 200 ");
        assertThat(send("GET /status HTTP/1.1")).contains(" 400 ").contains("application/problem+json");
        assertThat(send("GET /status HTTP/1.0", "Host: evil.example")).contains(" 421 ");
    }

    @Test
    void a_host_that_contradicts_the_request_line_is_refused() throws Exception {
        assertThat(send("GET http://evil.example/status HTTP/1.1", "Host: localhost:PORT"))
                .contains(" 400 ");
        assertThat(send("GET /status HTTP/1.1", "Host: localhost:PORT", "Host: evil.example"))
                .contains(" 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://evil.example:PORT",
                "null",
                "",
                "http://localhost",
                "http://localhost:3000",
                "https://localhost:PORT",
                "https://127.0.0.1:PORT",
                "http://localhost:PORT.evil.example",
                "http://localhost:PORT http://evil.example",
                "file://localhost:PORT",
                "http://" + ALLOWED_HOST + ":3000"
            })
    void what_another_page_sends_to_change_something_is_403(String origin) throws Exception {
        assertThat(send(CHANGING, "Host: localhost:PORT", "Origin: " + origin))
                .startsWith("HTTP/1.1 403 ")
                .contains("Content-Type: application/problem+json")
                .contains("urn:quartermaster:problem:foreign-origin", "a program that sends no Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:PORT", "http://127.0.0.1:PORT", "http://[::1]:PORT"})
    void what_the_own_page_sends_is_done(String origin) throws Exception {
        assertThat(send(CHANGING, "Host: localhost:PORT", "Origin: " + origin, "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 400 "); // there is no request in it
    }

    @Test
    void the_own_page_may_come_through_a_tunnel_or_a_proxy() throws Exception {
        assertThat(send(CHANGING, "Host: localhost:9000", "Origin: http://localhost:9000"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send(CHANGING, "Host: " + ALLOWED_HOST, "Origin: https://" + ALLOWED_HOST))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send(CHANGING, "Host: " + ALLOWED_HOST + ":443", "Origin: https://" + ALLOWED_HOST))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send(CHANGING, "Host: " + ALLOWED_HOST, "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void the_browser_itself_says_that_another_page_is_at_work() throws Exception {
        for (String site : new String[] {"cross-site", "same-site", "Cross-Site"}) {
            assertThat(send(CHANGING, "Host: localhost:PORT", "Sec-Fetch-Site: " + site))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("Sec-Fetch-Site " + site);
        }
        assertThat(send(CHANGING, "Host: localhost:PORT", "Sec-Fetch-Site: none"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(send("GET /status HTTP/1.1", "Host: localhost:PORT", "Sec-Fetch-Site: cross-site"))
                .as("a link from elsewhere")
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void another_page_can_neither_publish_nor_activate_nor_delete() throws Exception {
        String version = json(server.get("/status")).at("/versions/workspace").asText();
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        var publish = server.request("/rules/policy")
                .header("If-Match", "\"" + version + "\"")
                .header("Origin", "https://evil.example")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(policy))
                .build();
        assertThat(server.send(publish).statusCode()).isEqualTo(403);
        for (String line : new String[] {
            "POST /versions/" + version + "/activate", "DELETE /jobs/1", "POST /workbooks", "POST /sweeps", "PATCH /x"
        }) {
            assertThat(send(line + " HTTP/1.1", "Host: localhost:PORT", "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403 ");
        }
        assertThat(json(server.get("/versions")).get("versions")).hasSize(1);
    }

    @Test
    void who_is_refused_before_the_end_of_a_large_body_still_reads_the_answer() throws Exception {
        String head = "PUT /rules/policy HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                + "Content-Length: " + LARGE + "\r\n\r\n";
        for (int i = 0; i < 20; i++) {
            assertThat(server.raw(head + "x".repeat(LARGE)))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("}");
        }
    }

    @Test
    void who_does_not_send_the_rest_is_not_waited_for() throws Exception {
        String head = "PUT /rules/policy HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                + "Content-Length: " + LARGE + "\r\n\r\nx";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    private static String send(String line, String... headers) throws Exception {
        String lines = line + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return server.raw(lines.replace("PORT", String.valueOf(server.port())) + "Connection: close\r\n\r\n");
    }
}
