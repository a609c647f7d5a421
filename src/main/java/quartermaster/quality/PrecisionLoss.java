package quartermaster.quality;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Column;

/**
 * What was measured of a model at a low precision: one row of the sheet {@code Quantization loss}.
 *
 * @param measuredBy what was measured, on what
 * @param baseline the same at high precision
 * @param pure whether every tensor has this format, unlike the mixtures that are usually shipped under its name
 */
public record PrecisionLoss(
        @Column("Model") String model,
        @Column("Quantization") String quantization,
        @Column("Measured by") String measuredBy,
        @Column("Baseline quantization") @Nullable String baselineQuantization,
        @Column("Baseline: any sign") @Nullable Double baseline,
        @Column("Value: any sign") @Nullable Double value,
        @Column("Pure") boolean pure,
        @Column("Include") boolean include,
        @Column("Why not included") @Nullable String whyNot,
        @Column("Source") String source,
        @Column("As of") String asOf,
        @Column("Note") @Nullable String note,
        int row) {}
