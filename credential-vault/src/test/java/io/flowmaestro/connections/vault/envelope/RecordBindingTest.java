package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBindingTest {

    private final KeyScope scope = new KeyScope(UUID.randomUUID());
    private final KeyVersion key = new KeyVersion(UUID.randomUUID(), 7);
    private final RecordBinding binding = new RecordBinding(scope, key);

    @RepeatedTest(20)
    void givesTheBytesOfTheAssociatedData() {
        var context = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        assertThat(binding.of(context)).isEqualTo(AssociatedData.ofRecord(context, key));
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryPurpose(Purpose purpose) {
        var context = new RecordContext(scope, UUID.randomUUID(), purpose);
        assertThat(binding.of(context)).isEqualTo(AssociatedData.ofRecord(context, key));
    }

    @Test
    void givesEveryRecordItsOwnBytes() {
        var here = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var there = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var bytes = binding.of(here);
        assertThat(binding.of(there)).isNotEqualTo(bytes);
        assertThat(bytes).isEqualTo(AssociatedData.ofRecord(here, key));
    }

    @Test
    void refusesARecordOfAnotherScope() {
        var foreign = new RecordContext(new KeyScope(UUID.randomUUID()), UUID.randomUUID(), Purpose.CONNECTION_DATA);
        assertThatIllegalArgumentException().isThrownBy(() -> binding.of(foreign));
    }
}
