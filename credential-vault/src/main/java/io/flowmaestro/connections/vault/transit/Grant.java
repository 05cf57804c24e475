package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.envelope.Purpose.CLIENT_SECRET;
import static io.flowmaestro.connections.vault.envelope.Purpose.CONNECTION_DATA;
import static io.flowmaestro.connections.vault.envelope.Purpose.REFRESH_ANSWER;
import static io.flowmaestro.connections.vault.envelope.Purpose.WEBHOOK_SECRET;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import java.util.Arrays;

/** Which service may ask for which operation, for which purpose. What is not listed is refused. */
enum Grant {
    REGISTRY_SEALS_CONNECTIONS("connection-registry", Operation.ENCRYPT, CONNECTION_DATA),
    REGISTRY_REWRAPS_CONNECTIONS("connection-registry", Operation.REWRAP, CONNECTION_DATA),
    REGISTRY_IMPORTS_CONNECTIONS("connection-registry", Operation.IMPORT, CONNECTION_DATA),
    REGISTRY_SEALS_WEBHOOK_SECRETS("connection-registry", Operation.ENCRYPT, WEBHOOK_SECRET),
    REGISTRY_OPENS_WEBHOOK_SECRETS("connection-registry", Operation.DECRYPT, WEBHOOK_SECRET),
    REGISTRY_REWRAPS_WEBHOOK_SECRETS("connection-registry", Operation.REWRAP, WEBHOOK_SECRET),
    REGISTRY_SEALS_CLIENT_SECRETS("connection-registry", Operation.ENCRYPT, CLIENT_SECRET),
    REGISTRY_REWRAPS_CLIENT_SECRETS("connection-registry", Operation.REWRAP, CLIENT_SECRET),
    BROKER_SEALS_CONNECTIONS("oauth-broker", Operation.ENCRYPT, CONNECTION_DATA),
    BROKER_OPENS_CONNECTIONS("oauth-broker", Operation.DECRYPT, CONNECTION_DATA),
    BROKER_SEALS_REFRESH_ANSWERS("oauth-broker", Operation.ENCRYPT, REFRESH_ANSWER),
    BROKER_OPENS_REFRESH_ANSWERS("oauth-broker", Operation.DECRYPT, REFRESH_ANSWER),
    BROKER_OPENS_CLIENT_SECRETS("oauth-broker", Operation.DECRYPT, CLIENT_SECRET),
    GATEWAY_OPENS_CONNECTIONS("mcp-gateway", Operation.DECRYPT, CONNECTION_DATA);

    private final String client;
    private final Operation operation;
    private final Purpose purpose;

    Grant(String client, Operation operation, Purpose purpose) {
        this.client = client;
        this.operation = operation;
        this.purpose = purpose;
    }

    /** Ends the request with 403 unless the table has a line for it. */
    static void require(Caller caller, Operation operation, Purpose purpose) {
        if (Arrays.stream(values()).noneMatch(grant -> grant.allows(caller.via(), operation, purpose))) {
            throw new ProblemException(
                    VaultProblem.OPERATION_NOT_ALLOWED,
                    "The client %s may not %s records for the purpose %s."
                            .formatted(caller.via(), operation.wireName(), purpose.wireName()));
        }
    }

    private boolean allows(String via, Operation asked, Purpose askedPurpose) {
        return client.equals(via) && operation == asked && purpose == askedPurpose;
    }
}
