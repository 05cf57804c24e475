package io.flowmaestro.connections.registry.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can happen to a connection. */
public enum EventType {
    CREATED(Reach.WEBHOOKS),
    /** Imported from an older system. */
    IMPORTED(Reach.WEBHOOKS),
    UPDATED(Reach.WEBHOOKS),
    DELETED(Reach.WEBHOOKS),
    RESTORED(Reach.WEBHOOKS),
    PURGED(Reach.WEBHOOKS),
    TOOLS_REFRESHED(Reach.WEBHOOKS),
    /** The server describes its tools otherwise than at the last look. */
    TOOLS_CHANGED(Reach.WEBHOOKS),
    /** The owner has approved definitions of tools. */
    TOOLS_APPROVED(Reach.WEBHOOKS),
    /** Its configuration went into a template. */
    EXPORTED(Reach.RECORD),
    TESTED(Reach.RECORD),
    /** A worker was handed the credential. */
    USED(Reach.RECORD),
    TOOL_CALLED(Reach.RECORD),
    /** The broker stored newer tokens. */
    REFRESHED(Reach.RECORD),
    /** A refresh did not come to an end; the connection is as it was. */
    REFRESH_FAILED(Reach.WEBHOOKS),
    /** Works again. */
    RECOVERED(Reach.OWNER),
    INVALID(Reach.OWNER),
    EXPIRED(Reach.OWNER),
    REVOKED(Reach.OWNER),
    /** Ends soon and cannot be refreshed. */
    EXPIRING(Reach.OWNER);

    /** Who hears of it. */
    private enum Reach {
        RECORD,
        WEBHOOKS,
        /** Webhooks, and the owner by e-mail. */
        OWNER
    }

    /** The types that webhooks may ask for. */
    public static final List<EventType> DELIVERED =
            Arrays.stream(values()).filter(EventType::isDelivered).toList();

    /** Their names, for messages. */
    public static final String DELIVERED_NAMES =
            DELIVERED.stream().map(EventType::wire).collect(Collectors.joining(", "));

    private static final Map<String, EventType> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wire, Function.identity()));

    private final Reach reach;
    private final String wire;

    EventType(Reach reach) {
        this.reach = reach;
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public static Optional<EventType> find(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** Of which there are many, and which are kept together: see {@link Uses}. */
    boolean isUse() {
        return this == USED || this == TOOL_CALLED;
    }

    boolean isDelivered() {
        return reach != Reach.RECORD;
    }

    boolean isNoticed() {
        return reach == Reach.OWNER;
    }
}
