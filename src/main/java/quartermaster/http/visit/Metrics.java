package quartermaster.http.visit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked and how it goes, and says it as Prometheus reads it. */
public final class Metrics {
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    private final Map<Asked, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Durations> durations = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param route with names for what differs; empty where there is none, so that clients cannot make lines */
    private record Asked(String method, String route, int status) {}

    /** How many took at most how long. */
    private static final class Durations {
        private final AtomicLongArray counts = new AtomicLongArray(SECONDS.length + 1);
        private final LongAdder micros = new LongAdder();

        void add(long nanos) {
            int i = 0;
            while (i < SECONDS.length && nanos > SECONDS[i] * 1e9) {
                i++;
            }
            counts.incrementAndGet(i);
            micros.add(nanos / 1_000);
        }
    }

    /** A line of the text, and what it means. */
    public record Sample(String name, String kind, String help, String labels, double value) {
        static Sample gauge(String name, String help, double value) {
            return new Sample(name, "gauge", help, "", value);
        }
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end(String method, String route, int status, long nanos) {
        inFlight.decrementAndGet();
        String known = METHODS.contains(method) ? method : "other";
        requests.computeIfAbsent(new Asked(known, route, status), each -> new LongAdder())
                .increment();
        durations.computeIfAbsent(route, each -> new Durations()).add(nanos);
    }

    /** @param more what others count */
    public String text(List<Sample> more) {
        StringBuilder text = new StringBuilder();
        head(text, "quartermaster_requests_total", "counter", "Requests that were answered.");
        requests.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .forEach(each -> line(
                        text,
                        "quartermaster_requests_total",
                        "method=\"%s\",route=\"%s\",status=\"%d\""
                                .formatted(
                                        each.getKey().method(),
                                        each.getKey().route(),
                                        each.getKey().status()),
                        each.getValue().sum()));
        head(text, "quartermaster_request_seconds", "histogram", "From the first line to the last byte of the answer.");
        durations.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            String route = "route=\"" + each.getKey() + "\"";
            long sum = 0;
            for (int i = 0; i <= SECONDS.length; i++) {
                sum += each.getValue().counts.get(i);
                String most = i < SECONDS.length ? String.valueOf(SECONDS[i]) : "+Inf";
                line(text, "quartermaster_request_seconds_bucket", route + ",le=\"" + most + "\"", sum);
            }
            line(
                    text,
                    "quartermaster_request_seconds_sum",
                    route,
                    each.getValue().micros.sum() / 1e6);
            line(text, "quartermaster_request_seconds_count", route, sum);
        });
        List<Sample> all = new ArrayList<>(more);
        all.add(Sample.gauge("quartermaster_requests_in_flight", "Requests that are being answered.", inFlight.get()));
        addJava(all);
        for (Sample each : all) {
            head(text, each.name(), each.kind(), each.help());
            line(text, each.name(), each.labels(), each.value());
        }
        return text.toString();
    }

    private static void addJava(List<Sample> all) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        all.add(Sample.gauge("jvm_heap_used_bytes", "Heap in use.", heap.getUsed()));
        all.add(Sample.gauge("jvm_heap_max_bytes", "Heap that may be used.", heap.getMax()));
        all.add(Sample.gauge(
                "jvm_threads",
                "Live threads.",
                ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private static void head(StringBuilder text, String name, String kind, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        text.append(' ')
                .append(whole ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.6f", value))
                .append('\n');
    }
}
