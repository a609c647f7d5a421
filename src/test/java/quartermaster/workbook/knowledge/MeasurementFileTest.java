package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.unit.Imported;

/** What a file of measurements says is taken as what it is, or told. */
class MeasurementFileTest {
    private static final String HEADER = "id,hardware,engine,model,quantization,phase,prompt_tokens,output_tokens,"
            + "concurrency,tokens_per_second,scope,metric,requests,request_rate,replicas,judged,why_not,ttft_ms\n";
    private static final String SETUP = "a,H100,vLLM,llama-3.1-8b,fp8,serve,";

    @TempDir
    private Path folder;

    private Imported<List<Measurement>> read(String row) throws Exception {
        return MeasurementFile.read(Files.writeString(folder.resolve("rows.csv"), HEADER + row + "\n"));
    }

    @Test
    void what_was_done_is_read_with_its_numbers() throws Exception {
        Measurement row = read(SETUP + "1000,250,32,5000,total_in_plus_out,arrival-rate,320,2.5,2,1,,140")
                .value()
                .get(0);
        assertThat(row.metric()).isEqualTo(ServingMetric.ARRIVAL_RATE);
        assertThat(row.requests()).isEqualTo(320);
        assertThat(row.requestsPerSecond()).isEqualTo(2.5);
        assertThat(row.replicas()).isEqualTo(2);
        assertThat(row.timeToFirstTokenMs()).isEqualTo(140);
        assertThat(row.value()).as("250 of 1,250 tokens are written").isCloseTo(1000, within(1e-9));
    }

    @Test
    void a_training_run_is_read_as_one_and_told_where_it_is_none() throws Exception {
        Path file = Files.writeString(
                folder.resolve("runs.csv"),
                "id,phase,hardware,devices,tool,model,method,precision,sequence_tokens,tokens_per_second,source\n"
                        + "t1,train,H100,2,trl,llama-3.1-8b,LoRA,bf16,2048,9000,https://example.org/a/b\n"
                        + "t2,train,H100,2,trl,llama-3.1-8b,distil,bf16,2048,9000,https://example.org/a/b\n");
        Imported<MeasurementFile.Rows> read = MeasurementFile.readAll(file);
        assertThat(read.value().measurements()).isEmpty();
        assertThat(read.value().runs()).singleElement().satisfies(run -> {
            assertThat(run.method()).isEqualTo("lora");
            assertThat(run.devices()).isEqualTo(2);
            assertThat(run.sequenceTokens()).isEqualTo(2048);
            assertThat(run.tokensPerSecond()).isEqualTo(9000);
        });
        assertThat(read.problems()).singleElement().asString().contains("qlora", "runs.csv");
    }

    @Test
    void an_unknown_metric_is_told_and_not_taken_for_a_closed_loop() throws Exception {
        Imported<List<Measurement>> read = read(SETUP + "1000,250,32,5000,total,goodput,320,,1,1,,");
        assertThat(read.value()).isEmpty();
        assertThat(read.problems()).singleElement().asString().contains("\"goodput\"", "request-cycle", "rows.csv");
    }

    @Test
    void arrivals_without_a_rate_and_rows_without_lengths_are_not_judged_and_say_why() throws Exception {
        assertThat(read(SETUP + "1000,250,,5000,total,arrival-rate,320,,1,1,,")
                        .value()
                        .get(0)
                        .whyNot())
                .contains("rate");
        Measurement shapeless = read(SETUP + ",250,32,5000,total,request-cycle,320,,1,1,,")
                .value()
                .get(0);
        assertThat(shapeless.include()).isFalse();
        assertThat(shapeless.whyNot()).contains("length");
    }
}
