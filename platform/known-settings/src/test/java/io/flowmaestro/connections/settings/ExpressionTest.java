package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                plain                        |
                ${SET}                       |
                ${UNSET}                     | UNSET
                ${UNSET:}                    |
                ${UNSET:https://some.host:1} |
                ${UNSET:${SET}}              |
                ${UNSET:${OTHER}}            | OTHER
                ${SET:${OTHER}}              |
                ${UNSET}/and/${OTHER}        | UNSET OTHER
                ${UNSET:a}${OTHER}           | OTHER
                ${another.key}               |
                ${level.${UNSET}}            | UNSET
                ${level.${UNSET:false}}      |
                ${UNSET                      | UNSET
                """)
    void lacksWhatNobodySetAndWhatHasNoOther(String text, String missing) {
        assertThat(new Expression(text).missing(Set.of("SET")::contains))
                .containsExactlyInAnyOrder(missing == null ? new String[0] : missing.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                plain                      |
                ${SET}                     | SET
                ${UNSET}                   |
                ${UNSET:${SET}}            | SET
                ${SET:${OTHER}}            | SET
                ${UNSET}/and/${SET}        | SET
                ${UNSET:https://host:1}    |
                ${level.${SET}}            | SET
                ${SET                      | SET
                """)
    void hasItsValueFromTheFirstThatIsSet(String text, String giver) {
        assertThat(new Expression(text).giver(Set.of("SET")::contains)).isEqualTo(Optional.ofNullable(giver));
    }
}
