package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.http.guard.Door;
import quartermaster.workspace.Workspace;

/** What an architect changes on the page, and how it is undone. */
class PagePublishingTest extends InBrowser {
    private static final String RESULT = "[aria-label=\"What it would change\"]";

    /** Its clock goes on: versions of one instant are in no order. */
    @Override
    ServerUnderTest server() {
        return new ServerUnderTest(
                TestWorkspace.copy(), ServerUnderTest.LIMITS, Door.open(List.of(ServerUnderTest.ALLOWED_HOST)));
    }

    private void openSheet(String name) {
        open(CHAT + "&tab=policy");
        press("#view-policy .sheets", name);
        browser.await("document.querySelector('.grid-table[aria-label=\"" + name + "\"]')");
    }

    private String cell(String ref) {
        return browser.value("document.querySelector('[data-ref=" + ref + "]').value")
                .asText();
    }

    private void awaitTried() {
        browser.await("/hold/.test(document.querySelector('" + RESULT + " h3').textContent)");
    }

    private JsonNode versions() throws Exception {
        return ServerUnderTest.json(server.get("/versions")).get("versions");
    }

    private XSSFSheet published(String sheet) throws Exception {
        return policy().getSheet(sheet);
    }

    private XSSFWorkbook policy() throws Exception {
        return new XSSFWorkbook(
                new ByteArrayInputStream(server.get("/rules/policy").body()));
    }

    @Test
    void a_threshold_is_raised_tried_published_with_a_reason_and_gone_back_from() throws Exception {
        String first = versions().at("/0/id").asText();
        openSheet("Thresholds");
        String before = cell("B2");

        browser.value("document.querySelector('#policy-reason').isTheSame = true");
        browser.write("[data-ref=B2]", before + "1");
        awaitTried();
        assertThat(browser.value("document.querySelector('#policy-reason').isTheSame")
                        .asBoolean())
                .isTrue();
        assertThat(text("#policy-outcome")).contains("Your request: ", "with another winner", "Give a reason");
        assertThat(text(RESULT)).contains("would be answered differently", "Your request");
        assertThat(browser.value("document.querySelector('#policy-publish').disabled")
                        .asBoolean())
                .isTrue();
        browser.write("#policy-reason", "asked for by the board");
        browser.click("#policy-publish");
        awaitText(RESULT, "In force.");

        assertThat(published("Thresholds").getRow(1).getCell(1).getNumericCellValue())
                .isEqualTo(Double.parseDouble(before + "1"));
        assertThat(versions().at("/0/reason").asText()).isEqualTo("asked for by the board");

        press(RESULT, "Go back");
        press("#view-versions li:nth-child(1)", "Changes");
        awaitText("#view-versions .more", "Thresholds!B2");
        press("#view-versions li:nth-child(2)", "Put in force");
        browser.write("#view-versions .more input", "it was better");
        press("#view-versions .more", "Put in force");
        browser.await("document.querySelector('#view-versions li:nth-child(1) .tag') === null"
                + " || document.querySelectorAll('#view-versions li').length === 2"
                + " && document.querySelector('#view-versions li:nth-child(2) .tag') !== null");
        JsonNode inForce = ServerUnderTest.json(server.get("/health/ready")).at("/versions/workspace");
        assertThat(inForce.asText()).isEqualTo(first);
    }

    @Test
    void no_name_and_no_unit_of_a_threshold_is_cut() {
        openSheet("Thresholds");

        assertThat(browser.value(
                                "[...document.querySelectorAll('.grid-table [data-ref]')]"
                                        + ".filter(each => each.scrollWidth > each.clientWidth).map(each => each.value).join('; ')")
                        .asText())
                .isEmpty();
    }

    @Test
    void rows_come_and_go_and_each_step_is_undone() {
        openSheet("Fit");
        int rows = rows();
        String second = cell("N2");
        String third = cell("N3");

        browser.value("document.querySelector('[data-ref=N2]').focus()");
        press(".row-tools", "Row below");
        assertThat(rows()).isEqualTo(rows + 1);
        assertThat(cell("N3")).isEmpty();
        assertThat(cell("A3")).isEqualTo("-");
        assertThat(cell("N4")).isEqualTo(third);
        awaitText(RESULT, "Points is missing");

        browser.value("document.querySelector('[data-ref=N2]').focus()");
        press(".row-tools", "Delete row");
        assertThat(rows()).isEqualTo(rows);
        assertThat(cell("N3")).isEqualTo(third);

        browser.click("#policy-undo");
        assertThat(cell("N2")).isEqualTo(second);
        browser.click("#policy-undo");
        assertThat(rows()).isEqualTo(rows);
        assertThat(cell("N2")).isEqualTo(second);
        assertThat(cell("N3")).isEqualTo(third);
        assertThat(text("#view-policy .sheets")).doesNotContain("edited");
    }

    private int rows() {
        return browser.value("document.querySelectorAll('.grid-table tbody tr').length")
                .asInt();
    }

    @Test
    void a_row_that_never_matches_is_named_and_stops_what_would_be_published() {
        openSheet("Team expertise");
        int rows = rows();
        browser.value("document.querySelector('[data-ref=A" + (rows + 1) + "]').focus()");
        press(".row-tools", "Row below"); // below the one that matches everything
        fill(rows + 2, "11", "nobody gets here");

        awaitTried();
        awaitText(RESULT, "never");

        browser.write("#policy-reason", "to be seen");
        assertThat(browser.value("document.querySelector('#policy-publish').disabled")
                        .asBoolean())
                .isTrue();
        press("#view-policy", "Throw away");
        browser.await("document.querySelectorAll('.grid-table tbody tr').length === " + rows);
        press("#view-policy", "Look for gaps");
        browser.await("/hint|No gap/.test(document.querySelector('" + RESULT + "').textContent)");
    }

    @Test
    void a_new_row_is_published_where_it_stands() throws Exception {
        openSheet("Team expertise");
        int rows = rows();
        int points = columnOf("Points");
        browser.value("document.querySelector('[data-ref=A2]').focus()");
        press(".row-tools", "Row above");
        browser.write("[data-ref=A2]", "batch");
        fill(2, "99", "whoever runs batches learns it");
        awaitTried();
        browser.write("#policy-reason", "to be seen");
        browser.await("!document.querySelector('#policy-publish').disabled");

        browser.click("#policy-publish");
        awaitText(RESULT, "In force.");

        XSSFSheet sheet = published("Team expertise");
        assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo("batch");
        assertThat(sheet.getRow(1).getCell(points).getNumericCellValue()).isEqualTo(99);
        assertThat(sheet.getTables().get(0).getEndRowIndex()).isEqualTo(rows + 1);
        assertThat(Files.readAllBytes(server.folder().resolve(Workspace.POLICY)))
                .isEqualTo(server.get("/rules/policy").body());
    }

    private void fill(int row, String points, String because) {
        char column = (char) ('A' + columnOf("Points"));
        browser.write("[data-ref=" + column + row + "]", points);
        browser.write("[data-ref=" + (char) (column + 1) + row + "]", "caution");
        browser.write("[data-ref=" + (char) (column + 2) + row + "]", because);
    }

    private int columnOf(String head) {
        return browser.value("[...document.querySelectorAll('.grid-table thead th')].findIndex(each =>"
                        + " each.textContent === '" + head + "') - 1")
                .asInt();
    }

    @Test
    void a_newer_version_is_told_where_an_older_one_has_decided() throws Exception {
        open(CHAT);
        browser.await(ADVISED); // advice that comes later is of the newer version already
        XSSFWorkbook workbook = policy();
        XSSFSheet thresholds = workbook.getSheet("Thresholds");
        thresholds.getRow(1).getCell(1).setCellValue(11);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        workbook.write(changed);
        assertThat(server.send(server.request("/rules/policy?reason=words&force=true")
                                .header("If-Match", "*")
                                .PUT(BodyPublishers.ofByteArray(changed.toByteArray()))
                                .build())
                        .statusCode())
                .isEqualTo(200);

        awaitText("#notices", "A newer version");
        press("#notices", "Decide again");
        browser.await("document.querySelector('#notices').textContent === ''");
    }
}
