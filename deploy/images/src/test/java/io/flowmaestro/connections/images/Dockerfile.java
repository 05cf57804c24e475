package io.flowmaestro.connections.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A Dockerfile as a list of instructions, continued lines joined. */
record Dockerfile(List<Instruction> instructions) {
    record Instruction(String name, String arguments) {}

    static Dockerfile read(String file) {
        String joined = Repository.text("deploy/images/" + file).replace("\\\n", " ");
        return new Dockerfile(Arrays.stream(joined.split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .map(words -> new Instruction(words[0], words[1]))
                .toList());
    }

    /** What the last stage is made of; the stages before it are not in the image. */
    List<Instruction> image() {
        List<Instruction> last = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.name().equals("FROM")) {
                last.clear();
            }
            last.add(instruction);
        }
        return last;
    }

    Stream<String> all(String name) {
        return of(instructions, name);
    }

    Stream<String> inImage(String name) {
        return of(image(), name);
    }

    private static Stream<String> of(List<Instruction> instructions, String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments);
    }
}
