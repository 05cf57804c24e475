package io.flowmaestro.connections.mcp.endpoint.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublicNamesTest {

    private static final UUID OLD = UUID.fromString("0190a1ce-0000-7000-8000-000000000001");
    private static final UUID YOUNG = UUID.fromString("f190a1ce-0000-7000-8000-000000000002");
    private static final Named NAMED = new Named(OLD, "My files", "my-files");

    @Nested
    class Names {
        @ParameterizedTest
        @CsvSource({"echo,my-files_echo", "read_file,my-files_read_file", "a.b-c,my-files_a.b-c"})
        void keepWhatIsAllowed(String own, String published) {
            assertThat(PublicNames.name(NAMED, own)).isEqualTo(published);
            assertThat(PublicNames.slugOfName(published)).contains("my-files");
            assertThat(PublicNames.rest(published)).isEqualTo(own);
        }

        static Stream<String> odd() {
            return Stream.of("files/read", "x".repeat(200), "größe", "a b", "echo-0123456789ab", "a\nb");
        }

        @ParameterizedTest
        @MethodSource("odd")
        void replaceWhatIsNot(String own) {
            var published = PublicNames.name(NAMED, own);

            assertThat(published).matches("[A-Za-z0-9_.-]{1,64}").startsWith("my-files_");
            assertThat(PublicNames.isReplaced(PublicNames.rest(published))).isTrue();
        }

        @Test
        void neverCoincide() {
            var replaced = PublicNames.rest(PublicNames.name(NAMED, "files/read"));

            assertThat(Stream.of("files/read", "files_read", "files read", replaced)
                            .map(own -> PublicNames.name(NAMED, own)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void addressesComeBackAsTheyWere() {
        var published = PublicNames.uri(NAMED, "file:///a:b");

        assertThat(PublicNames.slugOfUri(published)).contains("my-files");
        assertThat(PublicNames.serverUri(published)).isEqualTo("file:///a:b");
        assertThat(PublicNames.slugOfUri("file:///a:b")).isEmpty();
    }

    @Nested
    class Prefixes {
        private static List<String> of(UserConnections.Found... found) {
            return Slugs.of(List.of(found)).stream().map(Named::slug).toList();
        }

        @ParameterizedTest
        @CsvSource({"GitHub (work),github-work", "Büro,buro", "---,connection", "日本,connection"})
        void areMadeOfTheName(String name, String slug) {
            assertThat(of(new UserConnections.Found(OLD, name))).containsExactly(slug);
        }

        @Test
        void ofTheOldestStayAsTheyAreWhenOthersGetTheSameName() {
            var slugs = of(new UserConnections.Found(YOUNG, "files"), new UserConnections.Found(OLD, "Files"));

            assertThat(slugs.getFirst()).isEqualTo("files");
            assertThat(slugs.getLast()).matches("files-[0-9a-f]{6}");
        }
    }
}
