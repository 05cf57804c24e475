package io.flowmaestro.connections.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that authors give to licences, and the SPDX identifiers of those that may be part of what is shipped. */
final class Licence {
    /** Permissive, or copyleft of single files that we use as they are. No GPL, LGPL or AGPL, no SSPL, nothing unknown. */
    private static final Map<Pattern, String> ALLOWED = new LinkedHashMap<>();

    static {
        allow("apache[- ]?2(\\.0)?|(the )?apache( software)?( license)?,?( version)? 2\\.0", "Apache-2.0");
        allow("(the )?mit( license)?", "MIT");
        allow("mit-0", "MIT-0");
        allow("0bsd", "0BSD");
        allow("isc", "ISC");
        allow("zlib", "Zlib");
        allow("blueoak-1\\.0\\.0", "BlueOak-1.0.0");
        allow("bsd[- ]2-clause( \"simplified\" license)?", "BSD-2-Clause");
        allow("bsd-3-clause|bsd new license|go license", "BSD-3-Clause");
        allow(
                "eclipse distribution license( -)? v\\. ?1\\.0|eclipse distribution license - v 1\\.0|edl 1\\.0",
                "BSD-3-Clause");
        allow("eclipse public license - v 1\\.0", "EPL-1.0");
        allow("epl[- ]2\\.0|eclipse public license (- )?(v\\.? )?2\\.0", "EPL-2.0");
        allow("cc0-1\\.0|public domain, per creative commons cc0", "CC0-1.0");
    }

    private Licence() {}

    private static void allow(String names, String identifier) {
        ALLOWED.put(Pattern.compile(names, Pattern.CASE_INSENSITIVE), identifier);
    }

    /** By its name or identifier; nothing for one that is not allowed. */
    static Optional<String> allowed(String name) {
        return ALLOWED.entrySet().stream()
                .filter(known -> known.getKey().matcher(name.strip()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** An expression as npm has it: one of alternatives is enough, of a conjunction each is needed. */
    static Optional<String> allowedExpression(String expression) {
        var inner = expression.replaceAll("^\\(|\\)$", "");
        if (inner.contains(" AND ")) {
            var parts = Pattern.compile(" AND ")
                    .splitAsStream(inner)
                    .map(Licence::allowed)
                    .toList();
            return parts.stream().allMatch(Optional::isPresent) ? Optional.of(inner) : Optional.empty();
        }
        return Pattern.compile(" OR ")
                .splitAsStream(inner)
                .flatMap(part -> allowed(part).stream())
                .findFirst();
    }
}
