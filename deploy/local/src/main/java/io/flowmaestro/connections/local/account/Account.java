package io.flowmaestro.connections.local.account;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An account of the local identity provider. A person's password is the name. */
public enum Account {
    ALICE,
    BOB,
    WORKER,
    ADMIN;

    public static Account named(String name) {
        return Arrays.stream(values())
                .filter(account -> account.login().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "There is no local account \"" + name + "\". There are: "
                                + Arrays.stream(values()).map(Account::login).collect(Collectors.joining(", ")) + ".",
                        2));
    }

    public String login() {
        return name().toLowerCase(Locale.ROOT);
    }
}
