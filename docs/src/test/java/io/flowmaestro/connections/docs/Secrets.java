package io.flowmaestro.connections.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts that look like real credentials, by the forms that their issuers gave them. */
final class Secrets {
    private static final List<Pattern> FORMS = Stream.of(
                    "-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{60}",
                    "\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b",
                    "\\bgh[pousr]_[A-Za-z0-9]{36}\\b",
                    "\\bgithub_pat_[A-Za-z0-9_]{60,}",
                    "\\bglpat-[A-Za-z0-9_-]{20}\\b",
                    "\\bxox[abeoprs]-[0-9]{10,}-[A-Za-z0-9-]{20,}",
                    "\\bAIza[A-Za-z0-9_-]{35}\\b",
                    "\\bya29\\.[A-Za-z0-9_-]{50,}",
                    "\\b[rs]k_live_[A-Za-z0-9]{20,}",
                    "\\bsk-(?:proj|ant)-[A-Za-z0-9_-]{40,}",
                    "\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}\\b",
                    "\\bnpm_[A-Za-z0-9]{36}\\b",
                    "\\bhvs\\.[A-Za-z0-9_-]{60,}",
                    "\\beyJ[A-Za-z0-9_-]{20,}\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{40,}")
            .map(Pattern::compile)
            .toList();

    private Secrets() {}

    /** Where each begins; what it is is not repeated. */
    static Stream<String> in(String text) {
        return FORMS.stream()
                .flatMap(form -> form.matcher(text)
                        .results()
                        .map(found -> "line "
                                + text.substring(0, found.start()).lines().count() + ": " + form.pattern()));
    }
}
