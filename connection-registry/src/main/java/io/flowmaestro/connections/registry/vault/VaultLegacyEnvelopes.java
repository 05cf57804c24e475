package io.flowmaestro.connections.registry.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.importing.LegacyEnvelopes;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.provider.ClientRecords;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Renews with credential-vault, which has the old keys for the time of the import. */
@ApplicationScoped
class VaultLegacyEnvelopes implements LegacyEnvelopes {

    private static final Logger LOG = Logger.getLogger(VaultLegacyEnvelopes.class);
    private static final Set<Integer> NOT_PERMITTED = Set.of(401, 403);

    /** What a vault of an earlier version says to an operation that came later. */
    private static final Set<Integer> NOT_KNOWN = Set.of(404, 405);

    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private final VaultClient vault;

    VaultLegacyEnvelopes(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public Uni<List<Renewed>> renew(UUID user, List<Legacy> batch) {
        var items = batch.stream()
                .map(legacy -> new VaultClient.LegacyItem(legacy.connection(), "connection-data", legacy.envelope()))
                .toList();
        return Detached.call(vault.importBatch(user, new VaultClient.LegacyBatch(items)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(answer -> renewed(answer, batch.size()))
                .onFailure()
                .transform(VaultLegacyEnvelopes::problem);
    }

    @Override
    public Uni<Optional<List<Form>>> forms() {
        return Detached.call(vault.importForms(ClientRecords.KEY_SCOPE))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(VaultLegacyEnvelopes::forms)
                .onFailure(failure -> isAnswered(failure, NOT_KNOWN))
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(VaultLegacyEnvelopes::problem);
    }

    private static Optional<List<Form>> forms(VaultClient.ImportForms answer) {
        if (answer.data() == null || answer.data().forms() == null) {
            throw new IllegalStateException("the vault did not answer with the forms that it imports");
        }
        return Optional.of(
                answer.data().forms().stream().map(VaultLegacyEnvelopes::form).toList());
    }

    private static Form form(VaultClient.Form form) {
        return new Form(
                Objects.requireNonNullElse(form.form(), ""), form.error() == null ? null : refused(form.error()));
    }

    private static boolean isAnswered(Throwable failure, Set<Integer> statuses) {
        return failure instanceof WebApplicationException answered
                && statuses.contains(answered.getResponse().getStatus());
    }

    private static ProblemException problem(Throwable failure) {
        LOG.warnf("credential-vault did not take envelopes over: %s", failure);
        return failure instanceof WebApplicationException answered
                        && NOT_PERMITTED.contains(answered.getResponse().getStatus())
                ? new ProblemException(
                        RegistryProblem.IMPORT_NOT_PERMITTED,
                        "The vault refuses the registry (%d). See that the registry's client at the identity provider is connection-registry, with the role service, and that the vault accepts its issuer."
                                .formatted(answered.getResponse().getStatus()))
                : RegistryProblem.unavailable(
                        RegistryProblem.VAULT_UNAVAILABLE,
                        "The vault does not answer. Rows that were stored before stay; send the batch again.");
    }

    private static List<Renewed> renewed(VaultClient.Imports answer, int expected) {
        if (answer.data() == null
                || answer.data().results() == null
                || answer.data().results().size() != expected) {
            throw new IllegalStateException("the vault did not answer with a result for each item");
        }
        return answer.data().results().stream()
                .map(VaultLegacyEnvelopes::renewed)
                .toList();
    }

    private static Renewed renewed(VaultClient.@Nullable ImportResult result) {
        if (result != null && result.error() == null && result.envelope() instanceof ObjectNode envelope) {
            return new Renewed(envelope.toString(), null, null);
        }
        return refused(result == null ? null : result.error());
    }

    private static Renewed refused(@Nullable JsonNode error) {
        String code = error == null ? "" : error.path("code").asText("");
        String detail = error == null ? "" : error.path("detail").asText("");
        return new Renewed(
                null,
                code.isEmpty() ? "decryption-failed" : code,
                detail.isEmpty() ? "The vault cannot open the envelope with the legacy key that it has." : detail);
    }
}
