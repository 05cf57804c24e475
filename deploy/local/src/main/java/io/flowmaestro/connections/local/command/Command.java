package io.flowmaestro.connections.local.command;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.training.Trainee;
import java.util.List;

/** A call of the command, as far as the launcher carries it out; the script does the rest itself. */
sealed interface Command {
    record Check() implements Command {}

    record Up(boolean detached) implements Command {}

    record Status() implements Command {}

    record Down() implements Command {}

    record Token(Account account) implements Command {}

    record Demo() implements Command {}

    record Audit() implements Command {}

    /**
     * Has services remember how they start.
     *
     * @param profile that they are started with
     */
    record Train(String profile, List<Trainee> trainees) implements Command {}

    static Command parse(List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (name) {
            case "check" -> alone(new Check(), name, rest);
            case "up" -> rest.equals(List.of("--detach")) ? new Up(true) : alone(new Up(false), name, rest);
            case "status" -> alone(new Status(), name, rest);
            case "down" -> alone(new Down(), name, rest);
            case "token" -> token(rest);
            case "demo" -> alone(new Demo(), name, rest);
            case "audit" -> alone(new Audit(), name, rest);
            case "train" -> train(rest);
            default -> throw usage("There is no command \"" + name + "\".");
        };
    }

    private static Command token(List<String> rest) {
        return switch (rest.size()) {
            case 0 -> new Token(Account.ALICE);
            case 1 -> new Token(Account.named(rest.getFirst()));
            default -> throw usage("token takes one account.");
        };
    }

    private static Command train(List<String> rest) {
        if (rest.size() < 2) {
            throw usage("train takes a profile and services, each with its folder.");
        }
        return new Train(
                rest.getFirst(),
                rest.subList(1, rest.size()).stream().map(Trainee::parse).toList());
    }

    private static Command alone(Command command, String name, List<String> rest) {
        if (!rest.isEmpty()) {
            throw usage(name + " does not take \"" + String.join(" ", rest) + "\".");
        }
        return command;
    }

    private static Refusal usage(String problem) {
        return new Refusal(problem + " See ./connections help.", 2);
    }
}
