package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.vault.legacy.LegacyForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The forms of older envelopes that an import takes. */
record ImportForms(List<Form> forms) {

    /**
     * One of them.
     *
     * @param form {@code json} or {@code compact}
     * @param error what a record of this form would end with for want of its key; null where there is one
     */
    record Form(
            String form,
            @JsonInclude(JsonInclude.Include.NON_NULL) BatchResponse.@Nullable Reason error) {}

    static ImportForms of(Predicate<LegacyForm> hasKey) {
        return new ImportForms(Arrays.stream(LegacyForm.values())
                .map(form -> new Form(form.name().toLowerCase(Locale.ROOT), hasKey.test(form) ? null : missing(form)))
                .toList());
    }

    private static BatchResponse.Reason missing(LegacyForm form) {
        return BatchResponse.Reason.of(ImportService.missing(form));
    }
}
