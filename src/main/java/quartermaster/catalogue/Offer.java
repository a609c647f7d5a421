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
        @Column("Id") String id,
        @Column("Kind: index, offer, api") boolean index,
        @Column("Hardware") String hardware,
        @Column("Provider") String provider,

        @Column("Tier: hyperscaler, neocloud, marketplace, index")
        String tier,

        @Column("Devices per instance") int devicesPerInstance,
        @Column("Provisioning: on-demand, spot, reserved") String provisioning,
        @Column("Price per device hour (USD): > 0") double usdPerDeviceHour,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {

    /** A row of the sheet; otherwise a price that a request says. */
    public boolean isListed() {
        return row > 0;
    }

    public boolean isSpot() {
        return provisioning.equals("spot");
    }
}
