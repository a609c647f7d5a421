package quartermaster.estimate;

import java.util.List;
import java.util.function.Predicate;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Quantization;

/**
 * Peak compute of one device for a quantization.
 *
 * @param tflops dense, in the arithmetic that is used
 * @param fromSpecification false where the catalogue has no figure and that of the chip's class stands in
 */
record ComputePeak(double tflops, boolean fromSpecification) {
    /** What 8-bit arithmetic reaches of its peak, to what 16-bit arithmetic reaches of its own. */
    private static final double FP8_SHARE = 0.8; // by hand: vLLM on one H100 shows 0.72, one publisher only

    /** The same of 4-bit arithmetic, to the 8-bit peak. An assumption. */
    private static final double FP4_SHARE = 1.0;

    /**
     * The catalogue's figure; where it has none, the bandwidth times the median TFLOPS per GB/s of the chip class,
     * else of the family, else of all hardware. FP8 counts where chip, engine and quantization all compute in it.
     */
    static ComputePeak of(Catalogue catalogue, Hardware hardware, Quantization quantization, boolean serverEngine) {
        Double eightBit = hardware.fp8Tflops();
        boolean native8 = quantization.arithmetic() == Arithmetic.FP8 || quantization.arithmetic() == Arithmetic.FP4;
        if (serverEngine && native8 && eightBit != null && quantization.computesNativelyOn(hardware)) {
            boolean four = quantization.arithmetic() == Arithmetic.FP4;
            return new ComputePeak((four ? FP4_SHARE : FP8_SHARE) * eightBit, true);
        }
        if (hardware.fp16Tflops() != null) {
            return new ComputePeak(hardware.fp16Tflops(), true);
        }
        return new ComputePeak(bandwidthOr(hardware, 100) * tflopsPerGBps(catalogue, hardware), false);
    }

    private static double tflopsPerGBps(Catalogue catalogue, Hardware hardware) {
        List<Predicate<Hardware>> likeness = List.of(
                other -> other.chipClass().equals(hardware.chipClass()),
                other -> other.family().equals(hardware.family()),
                other -> true);
        for (Predicate<Hardware> alike : likeness) {
            double[] ratios = catalogue.hardware().stream()
                    .filter(alike)
                    .filter(other -> other.fp16Tflops() != null && other.bandwidthGBps() != null)
                    .mapToDouble(other -> other.fp16Tflops() / other.bandwidthGBps())
                    .sorted()
                    .toArray();
            if (ratios.length > 0) {
                return ratios[ratios.length / 2];
            }
        }
        return 0.1;
    }

    static double bandwidthOr(Hardware hardware, double fallbackGBps) {
        return hardware.bandwidthGBps() == null ? fallbackGBps : hardware.bandwidthGBps();
    }
}
