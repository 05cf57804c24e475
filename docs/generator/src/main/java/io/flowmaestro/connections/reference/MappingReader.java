package io.flowmaestro.connections.reference;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads configuration mappings with the JDK's own parser: names, types, defaults and javadoc. Nothing is compiled. */
final class MappingReader {

    private final String module;
    private final DocTrees documentation;
    private final CompilationUnitTree unit;
    private final Map<String, ClassTree> nested = new HashMap<>();

    private MappingReader(String module, DocTrees documentation, CompilationUnitTree unit) {
        this.module = module;
        this.documentation = documentation;
        this.unit = unit;
    }

    static List<Mapping> of(String module, List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE");
        List<Mapping> mappings = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                new MappingReader(module, DocTrees.instance(task), unit).collect(mappings);
            }
        }
        return mappings;
    }

    private void collect(List<Mapping> mappings) {
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree declared) {
                annotation(declared.getModifiers(), "ConfigMapping")
                        .flatMap(mapping -> argument(mapping, "prefix"))
                        .ifPresent(prefix -> mappings.add(mapping(declared, prefix)));
            }
        }
    }

    private Mapping mapping(ClassTree declared, String prefix) {
        TreePath path = new TreePath(new TreePath(unit), declared);
        declared.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .forEach(inner -> nested.put(inner.getSimpleName().toString(), inner));
        List<Setting> settings = new ArrayList<>();
        settings(path, declared, prefix, settings);
        return new Mapping(module, prefix, Javadoc.markdown(documentation.getDocComment(path)), List.copyOf(settings));
    }

    private void settings(TreePath path, ClassTree declared, String prefix, List<Setting> settings) {
        for (Tree member : declared.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                setting(new TreePath(path, method), method, prefix, settings);
            }
        }
    }

    private void setting(TreePath path, MethodTree method, String prefix, List<Setting> settings) {
        String name = prefix + "."
                + annotated(method, "WithName").orElse(kebab(method.getName().toString()));
        TypeName type =
                TypeName.of(Objects.requireNonNull(method.getReturnType()).toString());
        ClassTree group = nested.get(type.element());
        if (group != null) {
            TreePath inside = new TreePath(path.getParentPath(), group);
            settings(inside, group, type.map() ? name + ".<name>" : name, settings);
            return;
        }
        settings.add(new Setting(
                name,
                type.forPeople(),
                annotated(method, "WithDefault").orElse(""),
                type.optional(),
                Javadoc.markdown(documentation.getDocComment(path))));
    }

    private static Optional<String> annotated(MethodTree method, String annotation) {
        return annotation(method.getModifiers(), annotation).flatMap(found -> argument(found, "value"));
    }

    private static Optional<? extends AnnotationTree> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .findFirst();
    }

    private static Optional<String> argument(AnnotationTree annotation, String name) {
        for (ExpressionTree argument : annotation.getArguments()) {
            boolean named = argument instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals(name);
            ExpressionTree value =
                    argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
            if ((named || annotation.getArguments().size() == 1) && value instanceof LiteralTree literal) {
                return Optional.of(String.valueOf(literal.getValue()));
            }
        }
        return Optional.empty();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
