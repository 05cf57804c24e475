package io.flowmaestro.connections.kubernetes;

import java.util.stream.Stream;

/** Says what is wrong with a rendering; nothing where nothing is. A test breaks each rendering to see that it says so. */
interface Check {
    Stream<String> complaints(Rendering rendering);
}
