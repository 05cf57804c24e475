package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cheap read-only request that shows whether a credential works.
 *
 * @param expect status of a good credential, or a class such as {@code 2xx}
 * @param bad statuses that mean a bad one; any other is a fault of the provider, never of the credential
 * @param okPath path that must be true (or {@code path=value}) in the answer
 * @param alsoOk {@code status-code} pairs that a restricted but valid credential may get
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verify(
        String method,
        String path,
        String expect,
        List<Integer> bad,
        List<String> alsoOk,
        @Nullable String okPath,
        Map<String, String> json) {

    public Verify {
        expect = Defaults.value(expect, "200");
        bad = bad == null ? List.of(401, 403) : List.copyOf(bad);
        alsoOk = Defaults.list(alsoOk);
        json = Defaults.map(json);
    }
}
