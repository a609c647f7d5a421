package quartermaster.pricefile;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * What renting a card costs, as a file says it; each null where it does not.
 *
 * @param provider as people call it
 * @param hardware an id of the catalogue
 * @param gpu as the provider calls it
 * @param boards other words of the row that may say which board it is, e.g. {@code gpu_8x_h100_sxm5}
 * @param memoryGb of one card
 * @param devices of one instance; less than one is a share of a card
 * @param tier as the sheet {@code Offers} has it
 * @param provisioning {@code on-demand}, {@code spot} or another word
 * @param index a market figure, not something that can be rented
 * @param usdPerDeviceHour as the file says it
 * @param usdPerInstanceHour as the file says it
 * @param asOf day of the price
 * @param source where the price was read
 */
public record RentalPrice(
        @Nullable String provider,
        @Nullable String hardware,
        @Nullable String gpu,
        String boards,
        @Nullable Double memoryGb,
        double devices,
        @Nullable String instance,
        @Nullable String region,
        @Nullable String tier,
        String provisioning,
        boolean index,
        @Nullable Double usdPerDeviceHour,
        @Nullable Double usdPerInstanceHour,
        @Nullable String asOf,
        @Nullable String source,
        @Nullable String confidence,
        @Nullable String note,
        Place at) {

    /** For one card and hour: what is said, else the price of an instance by its cards. */
    public @Nullable Double perDeviceHour() {
        return usdPerDeviceHour != null
                ? usdPerDeviceHour
                : usdPerInstanceHour == null || devices <= 0 ? null : (Double) (usdPerInstanceHour / devices);
    }
}
