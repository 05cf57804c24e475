package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of connections whose refresh was disturbed. */
final class Verdicts {
    private static final Duration UNTIL_STORED = Duration.ofSeconds(20);

    private final Stock stock;
    private int trials;
    private int newest;
    private int redeemedAgain;
    private int unrecoverable;
    private final List<String> lost = new ArrayList<>();

    Verdicts(Stock stock) {
        this.stock = stock;
    }

    /** What may have happened to the answer with the new tokens. */
    enum Answer {
        /** It arrived: those tokens must be served, and the old refresh token never redeemed again. */
        ARRIVED,
        /** It did not, or the provider was never asked, and the provider forgives: there must be tokens in the end. */
        FORGIVEN,
        /** It did not, and a provider without grace has rotated: nobody can help, and the connection has to say so. */
        GONE
    }

    void judge(Map<Held, Given> answers, Answer answer) throws Exception {
        for (var entry : answers.entrySet()) {
            trials++;
            judge(entry.getKey(), entry.getValue(), answer);
        }
    }

    private void judge(Held held, Given given, Answer answer) throws Exception {
        var family = held.family();
        var redemptions = family.redemptions(family.first().refreshToken());
        redeemedAgain += redemptions > 1 ? 1 : 0;
        switch (answer) {
            case ARRIVED -> {
                if (redemptions != 1 || !given.isToken(family.issued().get(1).accessToken())) {
                    lose(held, given, redemptions + " redemptions, and not served what had arrived");
                    return;
                }
            }
            case FORGIVEN -> {
                if (given.status() != 200) {
                    lose(held, given, "no token");
                    return;
                }
            }
            case GONE -> {
                if (given.status() != 200) {
                    reported(held, given);
                    return;
                }
            }
        }
        stored(held, given);
    }

    /**
     * The tokens that are stored are those that were served, and the next refresh would succeed. A broker may serve what
     * arrived before it can be stored, so that is given some time.
     */
    private void stored(Held held, Given given) throws Exception {
        if (!held.family().accepts(given.accessToken())) {
            lose(held, given, "served a token that the provider does not accept");
            return;
        }
        var deadline = System.nanoTime() + UNTIL_STORED.toNanos();
        while (!isStored(held, given)) {
            if (System.nanoTime() > deadline) {
                lose(held, given, "what is stored is not what was served, or cannot be refreshed again");
                return;
            }
            Thread.sleep(100);
        }
        newest++;
    }

    private boolean isStored(Held held, Given given) throws Exception {
        var tokens = stock.tokens(held);
        return tokens.accessToken().equals(given.accessToken())
                && held.family().isFresh(tokens.refreshToken())
                && stock.row(held).status().equals("active");
    }

    private void reported(Held held, Given given) throws Exception {
        var row = stock.row(held);
        if (given.isFinal() && row.status().equals("expired") && !row.reason().isBlank()) {
            unrecoverable++;
        } else {
            lose(held, given, "neither a token nor expired with a reason");
        }
    }

    private void lose(Held held, Given given, String why) throws Exception {
        lost.add(
                held.provider() + " " + held.id() + ": " + why + "; answered " + given.code() + ", " + stock.row(held));
    }

    int trials() {
        return trials;
    }

    /** Connections that serve tokens that work, and have stored them. */
    int newest() {
        return newest;
    }

    /** Connections whose first refresh token was redeemed more than once. */
    int redeemedAgain() {
        return redeemedAgain;
    }

    /** Connections that say that they are lost, where nobody can help. */
    int unrecoverable() {
        return unrecoverable;
    }

    List<String> lost() {
        return lost;
    }
}
