package quartermaster.catalogue;

/**
 * A rental price: one row of the sheet {@code Offers}.
 *
 * @param index a market figure, not something that can be rented
 * @param tier {@code hyperscaler}, {@code neocloud}, {@code marketplace} or {@code index}
 * @param provisioning {@code on-demand}, {@code spot} or {@code reserved}
 * @param usdPerDeviceHour of one device
 */
public record Offer(
        String id,
        boolean index,
        String hardware,
        String provider,
        String tier,
        int devicesPerInstance,
        String provisioning,
        double usdPerDeviceHour,
        String source,
        String asOf,
        int row) {

    public boolean isSpot() {
        return provisioning.equals("spot");
    }
}
