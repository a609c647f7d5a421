package quartermaster.estimate;

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
    /**
     * The catalogue's figure; where it has none, the bandwidth times the median TFLOPS per GB/s of the chip class,
     * else of the family, else of all hardware. Eight bits count where chip, engine and quantization all compute in
     * them.
     */
    static ComputePeak of(Catalogue catalogue, Hardware hardware, Quantization quantization, boolean serverEngine) {
        Double eightBit = quantization.arithmetic() == Arithmetic.INT8 ? hardware.int8Tops() : hardware.fp8Tflops();
        Double share = quantization.shareOfEightBitPeak();
        if (serverEngine && share != null && eightBit != null && quantization.computesNativelyOn(hardware)) {
            return new ComputePeak(share * eightBit, true);
        }
        if (hardware.fp16Tflops() != null) {
            return new ComputePeak(hardware.fp16Tflops(), true);
        }
        return new ComputePeak(bandwidth(catalogue, hardware) * catalogue.tflopsPerGBps(hardware), false);
    }

    /** GB/s, or that of a slow chip where nobody knows. */
    static double bandwidth(Catalogue catalogue, Hardware hardware) {
        Double known = hardware.bandwidthGBps();
        return known == null ? catalogue.number("unknownBandwidthGBps") : known;
    }
}
