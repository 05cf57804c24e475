package io.flowmaestro.connections.arguments;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The validator's errors as misfits: one for each field, and one for alternatives of which none fits. */
final class Misfits {

    static final int MOST = 20;
    private static final Set<String> ALTERNATIVES = Set.of("anyOf", "oneOf");

    private Misfits() {}

    static List<ArgumentMisfit> of(List<Error> errors) {
        return of(errors, 0);
    }

    /** @param from the element of the evaluation path below which alternatives are looked for */
    private static List<ArgumentMisfit> of(List<Error> errors, int from) {
        var misfits = new ArrayList<ArgumentMisfit>();
        for (int i = 0; i < errors.size() && misfits.size() < MOST; ) {
            int keyword = alternatives(errors.get(i), from);
            if (keyword < 0) {
                single(errors.get(i), errors, i).ifPresent(misfits::add);
                i++;
            } else {
                int end = endOfGroup(errors, i, keyword);
                misfits.add(none(errors.subList(i, end), keyword));
                i = end;
            }
        }
        return List.copyOf(misfits);
    }

    /** That none of {@code oneOf} fits is told by what speaks against each, which follows. */
    private static Optional<ArgumentMisfit> single(Error error, List<Error> all, int at) {
        boolean told = "oneOf".equals(error.getMessageKey())
                && at + 1 < all.size()
                && all.get(at + 1).getEvaluationPath().startsWith(error.getEvaluationPath());
        return told ? Optional.empty() : Optional.of(Sentences.of(error));
    }

    /** Where in the error's path the first alternative stands; -1 when the error is in none. */
    private static int alternatives(Error error, int from) {
        var path = error.getEvaluationPath();
        for (int i = from; i + 1 < path.getNameCount(); i++) {
            if (ALTERNATIVES.contains(String.valueOf(path.getElement(i)))
                    && path.getElement(i + 1) instanceof Integer) {
                return i;
            }
        }
        return -1;
    }

    /** Errors of one evaluation of alternatives stand together, by alternative. */
    private static int endOfGroup(List<Error> errors, int start, int keyword) {
        int alternative = alternative(errors.get(start), keyword);
        int end = start + 1;
        while (end < errors.size() && sharePath(errors.get(start), errors.get(end), keyword)) {
            int next = alternative(errors.get(end), keyword);
            if (next < alternative) {
                break;
            }
            alternative = next;
            end++;
        }
        return end;
    }

    private static boolean sharePath(Error one, Error other, int keyword) {
        var a = one.getEvaluationPath();
        var b = other.getEvaluationPath();
        if (b.getNameCount() < keyword + 2) {
            return false;
        }
        for (int i = 0; i <= keyword; i++) {
            if (!a.getElement(i).equals(b.getElement(i))) {
                return false;
            }
        }
        return b.getElement(keyword + 1) instanceof Integer;
    }

    private static int alternative(Error error, int keyword) {
        return (Integer) error.getEvaluationPath().getElement(keyword + 1);
    }

    private static ArgumentMisfit none(List<Error> errors, int keyword) {
        var byAlternative = new LinkedHashMap<Integer, List<Error>>();
        errors.forEach(error -> byAlternative
                .computeIfAbsent(alternative(error, keyword), _ -> new ArrayList<>())
                .add(error));
        var path = FieldPath.of(common(errors));
        return new ArgumentMisfit(path, Sentences.none(reasons(byAlternative, keyword, path)));
    }

    /** The first thing that speaks against each alternative. */
    private static List<String> reasons(Map<Integer, List<Error>> byAlternative, int keyword, String path) {
        return byAlternative.values().stream()
                .map(errors -> of(errors, keyword + 2))
                .filter(misfits -> !misfits.isEmpty())
                .map(misfits -> reason(misfits.getFirst(), path))
                .toList();
    }

    private static String reason(ArgumentMisfit misfit, String path) {
        var below = misfit.path().startsWith(path) ? misfit.path().substring(path.length()) : misfit.path();
        var field = below.startsWith(".") ? below.substring(1) : below;
        return field.isEmpty() ? misfit.message() : field + " " + misfit.message();
    }

    private static NodePath common(List<Error> errors) {
        var common = errors.getFirst().getInstanceLocation();
        for (var error : errors) {
            while (!error.getInstanceLocation().startsWith(common)) {
                common = common.getParent();
            }
        }
        return common;
    }
}
