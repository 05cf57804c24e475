package io.flowmaestro.connections.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThreatModelTest {
    private static final String PAGE = Checkout.text(Checkout.ROOT.resolve("docs/threat-model.md"));
    private static final Pattern THREAT =
            Pattern.compile("^\\| ([STRIDE]) \\| (.+?) \\| (.+?) \\| (.*?) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|Proof|IT))`");

    @Test
    void namesTestsThatThereAre() {
        Set<String> tests = Checkout.named(".java").stream()
                .filter(file -> Checkout.relative(file).contains("src/test/java/"))
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        assertThat(TEST.matcher(PAGE).results().map(test -> test.group(1)).toList())
                .hasSizeGreaterThan(80)
                .isSubsetOf(tests);
    }

    @Test
    void answersEachThreatByATest() {
        List<String> threats =
                THREAT.matcher(PAGE).results().map(threat -> threat.group(4)).toList();

        assertThat(threats)
                .hasSizeGreaterThan(40)
                .allMatch(shown -> TEST.matcher(shown).find());
    }

    /** A row that is written otherwise would be held to nothing. */
    @Test
    void hasNoRowThatIsNotRead() {
        long rows = PAGE.lines()
                .filter(line -> line.matches("\\| .{1,2} \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|") && !line.startsWith("| |"))
                .count();

        assertThat(THREAT.matcher(PAGE).results().count()).isEqualTo(rows);
        assertThat(THREAT.matcher(PAGE).results().map(threat -> threat.group(1)).distinct())
                .containsExactlyInAnyOrder("S", "T", "R", "I", "D", "E");
    }
}
