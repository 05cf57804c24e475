package io.flowmaestro.connections.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links within the repository lead to a file, and to a heading of it. */
class LinksTest {
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

    @Test
    void leadSomewhere() {
        assertThat(Checkout.named(".md"))
                .hasSizeGreaterThan(40)
                .flatExtracting(file -> broken(file).toList())
                .isEmpty();
    }

    @Test
    void thatAreBrokenAreFound(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("b.md"), "# A heading, with `code`\n\n```\n[no](link)\n```\n");
        Path page = Files.writeString(
                folder.resolve("a.md"),
                "[good](b.md#a-heading-with-code) [far](https://example.test/x) [gone](c.md) [lost](b.md#another) `[code](d.md)`");

        assertThat(broken(page)).containsExactly(page + " leads to c.md", page + " leads to b.md#another");
    }

    private static Stream<String> broken(Path file) {
        return LINK.matcher(CODE.matcher(Checkout.text(file)).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .filter(link -> !leads(file, link))
                .map(link -> file + " leads to " + link);
    }

    private static boolean leads(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || headings(target).anyMatch(parts[1]::equals));
    }

    /** As the pages are shown: lower case, spaces as dashes, nothing else but letters and digits. */
    private static Stream<String> headings(Path page) {
        return Checkout.text(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
}
