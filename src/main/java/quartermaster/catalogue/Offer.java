package quartermaster.catalogue;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rental price: one row of the sheet {@code Offers}.
 *
 * @param index a market figure, not something that can be rented
 * @param tier {@code hyperscaler}, {@code neocloud}, {@code marketplace} or {@code index}
 * @param region of the provider, or a larger one, several with slashes between; null where nobody says
 * @param instance what the provider calls a machine of it, e.g. {@code p5.48xlarge}; null where nobody says
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

        @Column("Region") @Nullable String region,
        @Column("Instance") @Nullable String instance,
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

    /** Whether it stands in a region, e.g. {@code us-east-1} in {@code US}: yes, no, or perhaps. */
    public Within within(String wanted) {
        if (region == null) {
            return Within.UNKNOWN;
        }
        String asked = plain(wanted);
        Within best = Within.ELSEWHERE;
        for (String part : region.split("/")) {
            String offered = plain(part);
            if (offered.startsWith(asked)) {
                return Within.YES;
            }
            best = asked.startsWith(offered) ? Within.UNKNOWN : best; // somewhere in what it stands in
        }
        return best;
    }

    /** Without signs and case; "Europe" begins as "EU" does, and "USA" as "US". */
    private static String plain(String region) {
        String text = region.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Stream.of("europe=eu", "usa=us", "unitedstates=us")
                .map(each -> each.split("="))
                .filter(each -> text.startsWith(each[0]))
                .findFirst()
                .map(each -> each[1] + text.substring(each[0].length()))
                .orElse(text);
    }

    /** Whether an offer stands in a region. */
    public enum Within {
        YES,
        ELSEWHERE,
        UNKNOWN
    }

    public boolean isSpot() {
        return provisioning.equals("spot");
    }
}
