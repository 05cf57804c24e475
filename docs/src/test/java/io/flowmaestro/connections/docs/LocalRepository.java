package io.flowmaestro.connections.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Maven's copies of what the build depends on: every artifact lies beside the description that its author published. */
final class LocalRepository {
    private static final int MOST_PARENTS = 10;

    private final Path folder =
            Path.of(System.getProperty("maven.local-repository", System.getProperty("user.home") + "/.m2/repository"));

    /** Where something lies in the repository. */
    record Artifact(String group, String name, String version) {
        @Override
        public String toString() {
            return group + ":" + name + ":" + version;
        }
    }

    /** The licences that its author names, or those of the nearest parent that names some; any of them may be chosen. */
    List<String> licences(Artifact artifact) {
        Optional<Artifact> next = Optional.of(artifact);
        for (int i = 0; i < MOST_PARENTS && next.isPresent(); i++) {
            Optional<Element> project = description(next.get());
            List<String> named = project.map(LocalRepository::named).orElse(List.of());
            if (!named.isEmpty()) {
                return named;
            }
            next = project.flatMap(LocalRepository::parent);
        }
        return List.of();
    }

    private Optional<Element> description(Artifact artifact) {
        Path file = folder.resolve(artifact.group().replace('.', '/'))
                .resolve(artifact.name())
                .resolve(artifact.version())
                .resolve(artifact.name() + "-" + artifact.version() + ".pom");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var content = Files.newInputStream(file)) {
            return Optional.of(parser().parse(content).getDocumentElement());
        } catch (IOException | SAXException | ParserConfigurationException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder();
    }

    private static List<String> named(Element project) {
        return children(project, "licenses").stream()
                .flatMap(licences -> children(licences, "license").stream())
                .flatMap(licence -> children(licence, "name").stream())
                .map(name -> name.getTextContent().strip())
                .toList();
    }

    private static Optional<Artifact> parent(Element project) {
        return children(project, "parent").stream()
                .findFirst()
                .map(parent ->
                        new Artifact(text(parent, "groupId"), text(parent, "artifactId"), text(parent, "version")));
    }

    private static String text(Element element, String child) {
        return children(element, child).getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element element, String name) {
        List<Element> found = new ArrayList<>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }
}
