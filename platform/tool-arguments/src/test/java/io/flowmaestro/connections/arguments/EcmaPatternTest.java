package io.flowmaestro.connections.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {

    /** In the text {@code <n>} is a line feed, {@code <r>} a carriage return, {@code <sp>} a no-break space. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ^[a-z][a-z0-9-]{0,62}$        ; my-tool-1           ; true
            ^[a-z][a-z0-9-]{0,62}$        ; My tool             ; false
            ^\\d{4}-\\d\\d-\\d\\d$        ; 2026-07-28          ; true
            ^\\d+$                        ; ٣                   ; false
            ^\\w+$                        ; ä                   ; false
            ^\\s$                         ; <sp>                ; true
            ^[\\s]$                       ; <sp>                ; true
            ^\\S$                         ; <sp>                ; false
            ^a$                           ; a<n>                ; false
            ^a.b$                         ; a<r>b               ; false
            ^[^]$                         ; <n>                 ; true
            a{                            ; a{                  ; true
            ^a{2}$                        ; aa                  ; true
            ^a{2,}$                       ; aaaa                ; true
            ^[\\w-.]+$                    ; a-.b                ; true
            ^[[a]+$                       ; [a                  ; true
            ^[a&&b]+$                     ; a&b                 ; true
            ^\\/x\\-y$                    ; /x-y                ; true
            ^\\u0041\\x42$                ; AB                  ; true
            ^\\uD83D\\uDE00$              ; 😀                  ; true
            ^\\u{1F600}$                  ; 😀                  ; true
            ^😀+$                         ; 😀😀                ; true
            ^\\p{L}+$                     ; Käse                ; true
            ^\\p{Letter}+$                ; Käse                ; true
            ^\\P{Lu}+$                    ; K                   ; false
            ^(?<year>\\d{4})$             ; 2026                ; true
            ^(?:a|b)+?$                   ; abab                ; true
            ^(?!tmp)[a-z]+$               ; tmpfile             ; false
            ^(?!tmp)[a-z]+$               ; file                ; true
            ^(?=.*\\d)(?=.*[a-z]).{4,}$   ; ab1c                ; true
            (?<=a)b                       ; ab                  ; true
            \\bfoo\\b                     ; a foo b             ; true
            """)
    void matchesAsInEcmaScript(String pattern, String text, boolean matches) {
        var read = text.replace("<n>", "\n").replace("<r>", "\r").replace("<sp>", "\u00a0");
        var translated = EcmaPattern.translate(pattern.replace("\\\\", "\\"));

        assertThat(Pattern.compile(translated.pattern()).matcher(read).find())
                .as("java.util.regex: " + translated)
                .isEqualTo(matches);
        if (!translated.looksAround()) {
            assertThat(com.google.re2j.Pattern.compile(translated.pattern())
                            .matcher(read)
                            .find())
                    .as("RE2: " + translated)
                    .isEqualTo(matches);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1",
                "\\k<x>",
                "(",
                ")",
                "a)",
                "(a",
                "[a",
                "[]",
                "a**",
                "a{2}{3}",
                "*a",
                "\\q",
                "\\",
                "\\uD83D",
                "\\u12",
                "\\u{110000}",
                "\\p{Script=Greek}",
                "\\p{Nope}",
                "[\\S]",
                "(?i:a)",
                "(?<x",
                "(a{100}){100}",
                "a{99999}",
                "\\01",
                "\\c1"
            })
    void saysWhatItCannotExpress(String pattern) {
        assertThatThrownBy(() -> EcmaPattern.translate(pattern)).isInstanceOf(EcmaPattern.Inexpressible.class);
    }

    @Test
    void tellsWhatALinearEngineCannotDo() {
        assertThat(EcmaPattern.translate("^a+$").looksAround()).isFalse();
        assertThat(EcmaPattern.translate("^(?!a)b$").looksAround()).isTrue();
    }
}
