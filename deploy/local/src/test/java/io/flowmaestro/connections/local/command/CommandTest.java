package io.flowmaestro.connections.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.local.training.Trainee;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void aTokenIsAlicesUnlessSaidOtherwise() {
        assertThat(Command.parse(List.of("token"))).isEqualTo(new Command.Token(Account.ALICE));
        assertThat(Command.parse(List.of("token", "worker"))).isEqualTo(new Command.Token(Account.WORKER));
    }

    @Test
    void upStaysUnlessDetached() {
        assertThat(Command.parse(List.of("up"))).isEqualTo(new Command.Up(false));
        assertThat(Command.parse(List.of("up", "--detach"))).isEqualTo(new Command.Up(true));
    }

    @Test
    void servicesAreTrainedEachInItsFolder() {
        assertThat(Command.parse(List.of("train", "prod", "credential-vault=/app")))
                .isEqualTo(new Command.Train("prod", List.of(new Trainee(Service.CREDENTIAL_VAULT, Path.of("/app")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start",
                "up now",
                "token eve",
                "token alice bob",
                "down --force",
                "train local",
                "train local vault"
            })
    void whatItDoesNotKnowEndsWithExitCodeTwo(String call) {
        assertThatThrownBy(() -> Command.parse(List.of(call.split(" "))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(2));
    }
}
