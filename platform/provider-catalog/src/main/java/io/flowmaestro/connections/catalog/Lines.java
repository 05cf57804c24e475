package io.flowmaestro.connections.catalog;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the line that a problem is about. Jackson cannot tell: it buffers what becomes a record, and by the time it
 * complains the parser is further on.
 */
final class Lines {

    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");

    private @Nullable Node root;
    private @Nullable String broken;

    Lines(String yaml, LoaderOptions options) {
        try {
            this.root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException notYaml) {
            Mark mark = notYaml.getProblemMark();
            String place = mark == null ? "" : " (line %d)".formatted(mark.getLine() + 1);
            this.broken = "not valid YAML" + place + ": " + notYaml.getProblem();
        } catch (YAMLException refused) {
            this.broken = "not valid YAML: " + refused.getMessage();
        }
    }

    /** What is wrong with the text as YAML; Jackson reads as it goes and may have stumbled over something else before. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** The problem, which starts with the path of a key, behind the line of that key or of the block it is missing in. */
    String locate(String problem) {
        OptionalInt line = of(problem.split(": ", 2)[0]);
        return line.isEmpty() ? problem : "line %d: %s".formatted(line.getAsInt(), problem);
    }

    private OptionalInt of(String path) {
        OptionalInt line = OptionalInt.empty();
        @Nullable Node at = root;
        for (String step : STEP.matcher(path).results().map(MatchResult::group).toList()) {
            Found found = at == null ? Found.NOTHING : step(at, step);
            if (found.line().isEmpty()) {
                return line;
            }
            line = found.line();
            at = found.value();
        }
        return line;
    }

    private record Found(OptionalInt line, @Nullable Node value) {
        static final Found NOTHING = new Found(OptionalInt.empty(), null);

        static Found at(Node place, Node value) {
            return new Found(OptionalInt.of(place.getStartMark().getLine() + 1), value);
        }
    }

    private static Found step(Node from, String step) {
        return switch (from) {
            case MappingNode mapping -> member(mapping.getValue(), step);
            case SequenceNode sequence when step.matches("[0-9]{1,4}") -> item(sequence.getValue(), step);
            default -> Found.NOTHING;
        };
    }

    private static Found member(List<NodeTuple> members, String name) {
        for (NodeTuple member : members) {
            if (member.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return Found.at(key, member.getValueNode());
            }
        }
        return Found.NOTHING;
    }

    private static Found item(List<Node> items, String index) {
        int at = Integer.parseInt(index);
        return at < items.size() ? Found.at(items.get(at), items.get(at)) : Found.NOTHING;
    }
}
