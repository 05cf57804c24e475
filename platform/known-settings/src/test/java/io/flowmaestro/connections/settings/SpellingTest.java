package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({"url, url, 0", "url, urll, 1", "url, rul, 1", "url, uri, 1", "url, ul, 1", "url, '', 3", "abc, xyz, 3"})
    void countsMistakes(String one, String other, int mistakes) {
        assertThat(Spelling.distance(one, other)).isEqualTo(mistakes);
        assertThat(Spelling.distance(other, one)).isEqualTo(mistakes);
    }
}
