/**
 * Sweeps and logs that outgrow one machine, on Apache Spark: the same functions, over parts of the work. Built by {@code
 * mvn -Pspark package}; what they take and what it costs stands in {@code src/docs/spark.md}.
 */
@NullMarked
package quartermaster.spark;

import org.jspecify.annotations.NullMarked;
