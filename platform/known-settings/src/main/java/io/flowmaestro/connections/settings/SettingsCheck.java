package io.flowmaestro.connections.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what nobody can have meant: settings that do not exist, and values that their settings cannot have. */
final class SettingsCheck {

    static final String IGNORED = "CONNECTIONS_IGNORED_SETTINGS";
    private static final String IGNORED_KEY = "connections.ignored-settings";

    /** Names that are ours alone. Variables that begin with VAULT_ or REGISTRY_ are other programs', too. */
    private static final Pattern OURS =
            Pattern.compile("CONNECTIONS_.+|DEBUG_CONNECTION.*|(connections|registry|vault)\\..+");

    /** What Kubernetes and Docker tell every container about services, whose names may begin as ours do. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "CONNECTIONS_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private final KnownSettings known;

    SettingsCheck(KnownSettings known) {
        this.known = known;
    }

    /** A sentence or two for each, without any value: one may be a secret. */
    List<String> complaints(Collection<Given> settings) {
        Set<String> ignored = settings.stream()
                .filter(setting ->
                        setting.name().equals(IGNORED) || setting.name().equals(IGNORED_KEY))
                .flatMap(setting -> Pattern.compile(",").splitAsStream(setting.value()))
                .map(String::strip)
                .collect(Collectors.toSet());
        return settings.stream()
                .filter(setting -> !ignored.contains(setting.name()))
                .flatMap(setting -> complaint(setting).stream())
                .sorted()
                .distinct()
                .toList();
    }

    private Optional<String> complaint(Given setting) {
        var kind = known.kind(setting.name());
        if (kind.isPresent()) {
            return kind.filter(expected -> !expected.fits(setting.value()))
                    .map(expected -> setting + " must be " + expected.wanted() + ".");
        }
        return OURS.matcher(setting.name()).matches() && !isServiceLink(setting)
                ? Optional.of(unknown(setting))
                : Optional.empty();
    }

    private String unknown(Given setting) {
        return setting + " is no setting of Connections. "
                + known.nearest(setting.name())
                        .map(meant -> "Did you mean " + meant + "?")
                        .orElse("Remove it, or name it in " + IGNORED + " if another program reads it.");
    }

    private static boolean isServiceLink(Given setting) {
        return SERVICE_LINK.matcher(setting.name()).matches()
                && (!setting.name().endsWith("_PORT") || isLinkedPort(setting));
    }

    /** {@code …_PORT} without a number is an address in links; anything else is a setting that somebody made up. */
    private static boolean isLinkedPort(Given setting) {
        return setting.name().matches(".+_(TCP|UDP|SCTP|SERVICE)_PORT")
                || setting.value().matches("(tcp|udp|sctp)://.+");
    }
}
